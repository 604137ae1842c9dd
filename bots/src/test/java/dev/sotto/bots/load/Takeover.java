package dev.sotto.bots.load;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One of several programs is killed in the middle of answers, over and over: how long it takes the
 * others to answer all that was said.
 */
record Takeover(int rounds, int conversations) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PAUSE_MILLIS = 500;

  int run(Run.Start start) throws IOException, GeneralSecurityException, SQLException {
    Turns turns = new Turns(conversations * (rounds + 1));
    List<Emulators.Talk> talks = new ArrayList<>();
    try (Run run = start.start(turns, (turn, voice) -> answer(turns, turn, voice))) {
      for (int turn = 0; turn < conversations; turn++) {
        turns.said(turn);
        talks.add(run.emulators().begin(turn, turn));
      }
      run.await(() -> turns.shown() == conversations, PATIENCE);
      List<Double> slack = new ArrayList<>();
      List<Double> discord = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        Instant death = kill(run, turns, talks, round * conversations);
        slack.add(longest(turns, round, death, turn -> turn % 2 == 0));
        discord.add(longest(turns, round, death, turn -> turn % 2 == 1));
        run.progress(true, turns);
      }
      run.head(conversations * rounds, run.cpu());
      run.row("death to all answered, Slack", ascending(slack));
      run.row("death to all answered, Discord", ascending(discord));
      return run.check(turns);
    }
  }

  private Instant kill(Run run, Turns turns, List<Emulators.Talk> talks, int first)
      throws IOException {
    int asked = turns.asked();
    for (int i = 0; i < conversations; i++) {
      turns.said(first + i);
      talks.get(i).say(first + i);
    }
    run.await(() -> turns.asked() > asked, PATIENCE);
    Instant death = Instant.now();
    run.whileOneIsDead(
        first / conversations,
        () -> run.await(() -> turns.shown() == first + conversations, PATIENCE));
    return death;
  }

  private double longest(Turns turns, int round, Instant death, IntPredicate which) {
    return IntStream.range(round * conversations, (round + 1) * conversations)
        .filter(which)
        .mapToLong(turn -> Duration.between(death, turns.shownAt(turn)).toMillis())
        .max()
        .orElse(0);
  }

  private static double[] ascending(List<Double> values) {
    return values.stream().flatMapToDouble(DoubleStream::of).sorted().toArray();
  }

  private static void answer(Turns turns, int turn, ModelStub.Voice voice)
      throws IOException, InterruptedException {
    turns.asked(turn);
    voice.say("Here is a piece of advice. ");
    Thread.sleep(PAUSE_MILLIS);
    voice.say("end-%06d.".formatted(turn));
    turns.done(turn);
  }
}
