package dev.sotto.bots.load;

import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What people write while all programs are dead, and what becomes of it afterwards. */
record Away(int seconds, int rate, int conversations) {
  private static final PrintStream OUT = System.out;
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int LOOKS = 120;

  int run(Run.Start start) throws IOException, GeneralSecurityException, SQLException {
    int last = conversations + rate * seconds;
    Turns turns = new Turns(last);
    List<Emulators.Talk> talks = new ArrayList<>();
    try (Run run = start.start(turns, (turn, voice) -> answer(turns, turn, voice))) {
      for (int turn = 0; turn < conversations; turn++) {
        turns.said(turn);
        talks.add(run.emulators().begin(turn, turn));
      }
      awaitShown(run, turns, conversations);
      run.whileDead(() -> write(turns, talks, last));
      long back = System.nanoTime();
      awaitShown(run, turns, last);
      OUT.printf(
          "%n%d messages of %d s without a program: %d answered within %d s, %d out of order%n",
          last - conversations,
          seconds,
          turns.shown() - conversations,
          Duration.ofNanos(System.nanoTime() - back).toSeconds(),
          outOfOrder(turns, last));
      return run.check(turns);
    }
  }

  private static void awaitShown(Run run, Turns turns, int all) throws IOException {
    for (int i = 0; i < LOOKS && turns.shown() < all; i++) {
      run.await(() -> turns.shown() == all, LOOK);
      run.progress(true, turns);
    }
  }

  private void write(Turns turns, List<Emulators.Talk> talks, int last) {
    var clock = new Run.Clock(rate);
    for (int turn = conversations; turn < last; turn++) {
      clock.await(turn - conversations);
      turns.said(turn);
      talks.get(turn % conversations).say(turn);
      if (turn % (30 * rate) == 0) {
        OUT.printf("said %d, and nobody is there%n", turn);
      }
    }
  }

  /** Turns that are shown before an earlier one of their conversation. */
  private long outOfOrder(Turns turns, int last) {
    return IntStream.range(conversations, last)
        .filter(turn -> turns.isShown(turn) && turns.isShown(turn - conversations))
        .filter(turn -> turns.shownAt(turn).isBefore(turns.shownAt(turn - conversations)))
        .count();
  }

  private static void answer(Turns turns, int turn, ModelStub.Voice voice) throws IOException {
    turns.asked(turn);
    voice.say("end-%06d.".formatted(turn));
    turns.done(turn);
  }
}
