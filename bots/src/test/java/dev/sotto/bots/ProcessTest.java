package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.model.ModelServer;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, which is killed, told to stop, and started twice. */
class ProcessTest {
  private static final String FIRST = "The ferry leaves from the northern quay at a quarter past. ";
  private static final String SECOND = "The ticket office opens half an hour before.";
  private static final String BEGUN = "I shall look it up for you, and it will take me a while. ";
  private static final int TERMINATED = 143;

  @TempDir private Path folder;
  private World world;
  private Program.Plan plan;

  @BeforeEach
  void open() throws IOException {
    world = new World(folder);
    plan = new Program.Plan(world, folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void answersOnBothPlatformsWhileASecondProcessOnTheSameDataIsSentAway()
      throws InterruptedException {
    world.model().then(Speech.of("Good day."));
    try (Program first = Program.run(plan)) {
      answersEverybody("Good day.");
      assertThat(first.out()).contains("Slack", "Discord", "a root key was made");

      try (Program second = Program.start(plan)) {
        assertThat(second.exit(Duration.ofSeconds(60))).isEqualTo(1);
        assertThat(second.err())
            .hasLineCount(1)
            .startsWith("sotto: ")
            .contains(plan.data().toString(), "in use by another process");
        assertThat(second.out()).isEmpty();
      }

      world.model().always(Speech.of("Still here."));
      answersEverybody("Still here.");
      assertThat(first.err()).doesNotContain("WARN", "ERROR");
    }
  }

  /**
   * Slack repeats what was not acknowledged; Discord is asked for what was missed; what was begun
   * is taken up again.
   */
  @Test
  void answersEverythingOnceAndToTheEndAlthoughItIsKilledAndThenToldToStop()
      throws IOException, InterruptedException {
    world.model().always(Speech.of("Noted."));
    try (Program first = Program.run(plan)) {
      tellEverybody("my name is Zbigniewa", "Noted.");
      showWithoutWordOfIt();
      askInVain("when does it leave?");
      first.freeze();
      say(world.slack(), 1, "nobody has heard this");
      say(world.discord(), 0, "nor this");
      await().until(() -> world.slack().pending(), it -> it > 0);
      first.kill();
    }

    world.model().always(Speech.of(FIRST + SECOND));
    try (Program second = Program.run(plan)) {
      answeredOnce(world.slack(), 0, 1);
      answeredOnce(world.slack(), 1, 1);
      answeredOnce(world.discord(), 0, 2);
      answeredOnce(world.slack(), 2, 1);
      answeredOnce(world.discord(), 2, 1);
      assertThat(askedOf("when does it leave?")).allMatch(it -> it.contains("Zbigniewa"));
      mislayAcknowledgements();
      askInVain("and on Sundays?");

      second.terminate();

      assertThat(second.exit(Duration.ofSeconds(5))).isEqualTo(TERMINATED);
    }

    world.model().always(Speech.of(FIRST + SECOND));
    try (Program _ = Program.run(plan)) {
      answeredOnce(world.slack(), 0, 2);
      answeredOnce(world.discord(), 0, 3);
      answeredOnce(world.slack(), 1, 1);
      assertThat(world.slack().lost()).isZero();
    }
  }

  /** The answer stands on the platform, which has not said so when the program is killed. */
  private void showWithoutWordOfIt() {
    world.model().always(Speech.of(FIRST + SECOND));
    world.slack().faults().next("chat.postMessage", Fault.unanswered());
    world.discord().faults().next("POST /channels/{}/messages", Fault.unanswered());
    world.sandbox().sides().forEach(side -> say(side, 2, "is it shown?"));
    world.sandbox().sides().forEach(side -> answeredOnce(side, 2, 1));
  }

  /** Slack tells twice of what is answered already, and loses its socket over what is not. */
  private void mislayAcknowledgements() {
    world.slack().sockets().redeliver();
    say(world.slack(), 2, "one more");
    world.slack().sockets().drop();
    answeredOnce(world.slack(), 2, 2);
    answeredOnce(world.slack(), 1, 1);
  }

  /** The model begins an answer to the first person on each platform, and never ends it. */
  private void askInVain(String question) {
    world.model().always(Speech.heldBack(BEGUN, new CountDownLatch(1), SECOND));
    for (Side side : world.sandbox().sides()) {
      String id = person(side, 0);
      say(side, 0, question);
      await().until(() -> Stage.shown(side, id, side.direct(id)), it -> it.contains(BEGUN.strip()));
    }
  }

  private void answersEverybody(String answer) {
    tellEverybody("good day", answer);
  }

  private void tellEverybody(String text, String answer) {
    for (Side side : world.sandbox().sides()) {
      Stage.tell(side, person(side, 0), text, it -> it.contains(answer));
    }
  }

  private static String person(Side side, int number) {
    return side.people().get(number).id();
  }

  private static void say(Side side, int person, String text) {
    side.say(person(side, person), Place.in(side.direct(person(side, person))), text);
  }

  /** So many messages show the whole answer, and none a part of it. */
  private static void answeredOnce(Side side, int person, int answers) {
    String id = person(side, person);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(Stage.shown(side, id, side.direct(id)))
                .filteredOn(it -> !it.contains("Noted."))
                .hasSize(answers)
                .containsOnly(FIRST + SECOND));
  }

  private List<String> askedOf(String question) {
    return world.model().requests().stream()
        .map(ModelServer.Request::body)
        .filter(it -> it.contains(question))
        .toList();
  }
}
