package dev.sotto.bots.load;

import dev.sotto.crypto.RotationBeside.Spell;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;

/**
 * Turns at an even pace, whatever the product makes of it; each conversation is gone on with as
 * soon as it is its turn again.
 */
record Pace(int rate, int seconds, int warm, int conversations) {
  private static final int PIECES = 12;
  private static final int PAUSE_MILLIS = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  int run(Run.Start start) throws IOException, GeneralSecurityException, SQLException {
    int warmed = conversations + rate * warm;
    int last = warmed + rate * seconds;
    Turns turns = new Turns(last);
    try (Run run = start.start(turns, (turn, voice) -> answer(turns, turn, voice));
        ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Emulators.Talk> talks = new ArrayList<>();
      Duration before = Duration.ZERO;
      var clock = new Run.Clock(rate);
      for (int next = 0; next < last; next++) {
        int turn = next;
        clock.await(turn);
        if (turn == warmed) {
          before = run.cpu();
          turns.forgetAcknowledgements();
        }
        turns.said(turn);
        if (turn < conversations) {
          talks.add(run.emulators().begin(turn, turn));
        } else {
          people.execute(() -> talks.get(turn % conversations).say(turn));
        }
        run.progress(turn % (5 * rate) == 0, turns);
      }
      run.await(() -> turns.shown() == last, PATIENCE);
      report(run, turns, warmed, run.cpu().minus(before));
      return run.check(turns);
    }
  }

  /** In 12 pieces and about 300 ms. */
  private static void answer(Turns turns, int turn, ModelStub.Voice voice)
      throws IOException, InterruptedException {
    turns.asked(turn);
    for (int piece = 0; piece < PIECES; piece++) {
      voice.say("Here is a piece of advice, number %d. ".formatted(piece));
      Thread.sleep(PAUSE_MILLIS);
    }
    voice.say("end-%06d.".formatted(turn));
    turns.done(turn);
  }

  private void report(Run run, Turns turns, int warmed, Duration cpu) throws IOException {
    run.head(rate * seconds, cpu);
    IntPredicate measured = turn -> turn >= warmed;
    run.row("own share", turns.ownShare(measured));
    run.row("said to model asked", turns.before(measured));
    run.row("model done to last word shown", turns.after(measured));
    run.row("acknowledged to Slack", turns.acknowledgements());
    run.row("own share, Slack", turns.ownShare(turn -> measured.test(turn) && turn % 2 == 0));
    run.row("own share, Discord", turns.ownShare(turn -> measured.test(turn) && turn % 2 == 1));
    List<Spell> rotations = run.rotations();
    if (!rotations.isEmpty()) {
      compare(run, turns, measured, rotations);
    }
  }

  /** Turns that lay within rotations, and those that lay beside none. */
  private static void compare(Run run, Turns turns, IntPredicate measured, List<Spell> rotations) {
    IntPredicate within = in(turns, rotations, Spell::covers);
    IntPredicate some = in(turns, rotations, Spell::touches);
    IntPredicate during = measured.and(within);
    IntPredicate apart = measured.and(some.negate());
    run.row("own share, during a rotation", turns.ownShare(during));
    run.row("own share, between rotations", turns.ownShare(apart));
    run.ratio("… ratio", turns.ownShare(during), turns.ownShare(apart));
    run.row("whole turn, during a rotation", turns.whole(during));
    run.row("whole turn, between rotations", turns.whole(apart));
    run.ratio("… ratio", turns.whole(during), turns.whole(apart));
  }

  private interface Relation {
    boolean holds(Spell spell, Instant begin, Instant end);
  }

  private static IntPredicate in(Turns turns, List<Spell> spells, Relation relation) {
    return turn ->
        spells.stream().anyMatch(it -> relation.holds(it, turns.saidAt(turn), turns.shownAt(turn)));
  }
}
