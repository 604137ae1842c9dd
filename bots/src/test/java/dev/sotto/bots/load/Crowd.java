package dev.sotto.bots.load;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.IntPredicate;

/** Answers of which none ends before all of them have begun. */
record Crowd(int streams, int rate, int pauseMillis) {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int LOOKS = 60;

  int run(Run.Start start) throws IOException, GeneralSecurityException, SQLException {
    Turns turns = new Turns(streams);
    try (Run run = start.start(turns, (turn, voice) -> answer(turns, turn, voice))) {
      var clock = new Run.Clock(rate);
      for (int turn = 0; turn < streams; turn++) {
        clock.await(turn);
        turns.said(turn);
        var _ = run.emulators().begin(turn, turn);
        run.progress(turn % (5 * rate) == 0, turns);
      }
      for (int i = 0; i < LOOKS && turns.shown() < streams; i++) {
        run.await(() -> turns.shown() == streams, LOOK);
        run.progress(true, turns);
      }
      IntPredicate all = _ -> true;
      run.head(streams, run.cpu());
      run.row("said to model asked", turns.before(all));
      run.row("model done to last word shown", turns.after(all));
      return run.check(turns);
    }
  }

  private void answer(Turns turns, int turn, ModelStub.Voice voice)
      throws IOException, InterruptedException {
    turns.asked(turn);
    for (int piece = 0; !turns.allAsked(); piece++) {
      voice.say("Here is a piece of advice, number %d. ".formatted(piece));
      Thread.sleep(pauseMillis);
    }
    voice.say("end-%06d.".formatted(turn));
    turns.done(turn);
  }
}
