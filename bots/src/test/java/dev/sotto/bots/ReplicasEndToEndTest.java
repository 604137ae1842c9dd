package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs in processes of their own on one PostgreSQL, one of which is killed or paused. */
class ReplicasEndToEndTest {
  private static final String FIRST = "The ferry leaves from the northern quay at a quarter past. ";
  private static final String SECOND = "The ticket office opens half an hour before.";
  private static final Duration TAKEOVER = Duration.ofSeconds(40);
  private static final int MESSAGES = 6;

  @TempDir private Path folder;
  private World world;
  private Postgres postgres;
  private Program.Plan one;
  private Program.Plan other;

  @BeforeEach
  void open() throws IOException, GeneralSecurityException, SQLException {
    world = new World(folder);
    postgres = Postgres.start(folder);
    Map<String, String> shared = new HashMap<>(postgres.environment());
    shared.put("SOTTO_ROOT_KEY", "file:" + folder.resolve("keys/root.key"));
    one = new Program.Plan(world, folder.resolve("one")).with(shared);
    other = new Program.Plan(world, folder.resolve("other")).with(shared);
  }

  @AfterEach
  void close() {
    postgres.close();
    world.close();
  }

  @Test
  void answerEverythingOnceAndGoOnWhenOneOfThemIsKilled() throws InterruptedException {
    world.model().always(Speech.of("Noted."));
    try (Program first = Program.run(one);
        Program second = Program.run(other)) {
      IntStream.range(0, MESSAGES).forEach(it -> sayEverywhere(0, "word " + it));
      shows(0, List.of(), MESSAGES);

      CountDownLatch rest = new CountDownLatch(1);
      world.model().always(Speech.heldBack(FIRST, rest, SECOND));
      sayEverywhere(1, "when does it leave?");
      begins(1);
      world.model().always(Speech.of(FIRST + SECOND));
      first.kill();
      rest.countDown();

      shows(1, List.of(FIRST + SECOND), 0);
      sayEverywhere(1, "and on Sundays?");
      shows(1, List.of(FIRST + SECOND, FIRST + SECOND), 0);
      assertThat(second.alive()).isTrue();
      assertThat(second.err()).doesNotContain("ERROR");
    }
  }

  @Test
  void showNothingOfOneThatWasPausedForLongerThanItsLease()
      throws IOException, InterruptedException {
    CountDownLatch rest = new CountDownLatch(1);
    world.model().always(Speech.heldBack(FIRST, rest, "That was all I know, as of then."));
    try (Program paused = Program.run(one)) {
      sayEverywhere(0, "when does it leave?");
      begins(0);
      paused.freeze();
      world.model().always(Speech.of(FIRST + SECOND));

      try (Program second = Program.run(other)) {
        shows(0, List.of(FIRST + SECOND), 0);
        paused.thaw();
        rest.countDown();

        await().atMost(TAKEOVER).until(() -> paused.err().contains("is worked by another by now"));
        sayEverywhere(0, "and on Sundays?");
        shows(0, List.of(FIRST + SECOND, FIRST + SECOND), 0);
        assertThat(second.err()).doesNotContain("ERROR");
      }
    }
  }

  private void sayEverywhere(int person, String text) {
    for (Side side : world.sandbox().sides()) {
      String id = person(side, person);
      side.say(id, Place.in(side.direct(id)), text);
    }
  }

  /** The first words of an answer stand everywhere. */
  private void begins(int person) {
    for (Side side : world.sandbox().sides()) {
      String id = person(side, person);
      await()
          .atMost(TAKEOVER)
          .until(() -> Stage.shown(side, id, side.direct(id)), it -> it.contains(FIRST.strip()));
    }
  }

  /** All that stands everywhere are these answers, and so many notes. */
  private void shows(int person, List<String> answers, int noted) {
    for (Side side : world.sandbox().sides()) {
      String id = person(side, person);
      await()
          .atMost(TAKEOVER)
          .untilAsserted(() -> {
            List<String> shown = Stage.shown(side, id, side.direct(id));
            assertThat(shown).filteredOn(it -> !it.equals("Noted.")).isEqualTo(answers);
            assertThat(shown).filteredOn("Noted."::equals).hasSize(noted);
          });
    }
  }

  private static String person(Side side, int number) {
    return side.people().get(number).id();
  }
}
