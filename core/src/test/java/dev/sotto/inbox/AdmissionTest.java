package dev.sotto.inbox;

import static dev.sotto.chat.Inbox.Receipt.ACCEPTED;
import static dev.sotto.chat.Inbox.Receipt.REFUSED;
import static dev.sotto.chat.Inbox.Receipt.REPEATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.StoredContract;
import dev.sotto.TestDatabases;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox.Receipt;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.crypto.TestTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is not taken in when much is waiting, and what people hear of it. */
class AdmissionTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Workspace GLOBEX = new Workspace(Platform.SLACK, "T2");

  private final CountDownLatch gate = new CountDownLatch(1);
  private final Board board = Board.open();

  @Override
  protected Map<String, Object> databases(Path data) {
    Map<String, Object> settings = new HashMap<>(TestDatabases.h2(data));
    settings.put("sotto.limits.waiting-per-person", 3);
    settings.put("sotto.limits.waiting-per-workspace", 5);
    settings.put("sotto.limits.waiting", 7);
    settings.put("sotto.limits.messages-per-minute", 9);
    return settings;
  }

  @Override
  protected void beforeClose() {
    gate.countDown();
    bean(DurableInbox.class).close();
  }

  @Test
  void refusesWhatIsBeyondAPersonsShareAndTellsThemOnce() {
    startBehindTheGate();

    assertThat(List.of(say(ADA, "m1"), say(ADA, "m2"), say(ADA, "m3"))).containsOnly(ACCEPTED);
    assertThat(say(ADA, "m4")).isEqualTo(REFUSED);
    await().atMost(PATIENCE).until(() -> board.answered("C1"), List.of("m4")::equals);
    assertThat(board.notes().getFirst().text()).startsWith("3 of your messages wait");
    assertThat(say(ADA, "m5")).isEqualTo(REFUSED);
    assertThat(say(TOM, "m6")).isEqualTo(ACCEPTED);

    gate.countDown();
    answered("C1", "m4", "m1", "m2", "m3", "m6");
    assertThat(say(ADA, "m4")).isEqualTo(REPEATED);
    assertThat(accept(message("another event", ADA, "m4", "hello"))).isEqualTo(REPEATED);
    assertThat(say(ADA, "m7")).isEqualTo(ACCEPTED);
    answered("C1", "m4", "m1", "m2", "m3", "m6", "m7");
  }

  @Test
  void leavesRoomForOtherWorkspacesAndShedsOnlyWhatIsNew() {
    startBehindTheGate();

    for (int i = 1; i <= 5; i++) {
      assertThat(say(new Person(ACME, "U" + i), "m" + i)).isEqualTo(ACCEPTED);
    }
    assertThat(say(new Person(ACME, "U6"), "m6")).isEqualTo(REFUSED);
    await().atMost(PATIENCE).until(() -> board.answered("C1"), List.of("m6")::equals);
    assertThat(board.notes().getFirst().text()).contains("So much is waiting here");
    assertThat(say(new Person(GLOBEX, "U1"), "g1")).isEqualTo(ACCEPTED);
    assertThat(say(new Person(GLOBEX, "U2"), "g2")).isEqualTo(ACCEPTED);
    assertThat(say(new Person(GLOBEX, "U3"), "g3")).isEqualTo(REFUSED);

    gate.countDown();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(board.answered("C1"))
                .containsExactlyInAnyOrder("m6", "g3", "m1", "m2", "m3", "m4", "m5", "g1", "g2"));
  }

  @Test
  void takesSoManyMessagesOfAPersonInAMinute() {
    bean(DurableInbox.class).start(List.of(board));
    for (int i = 1; i <= 9; i++) {
      assertThat(say(ADA, "m" + i)).isEqualTo(ACCEPTED);
      int number = i;
      await().atMost(PATIENCE).until(() -> board.answered("C1").size() == number);
    }

    assertThat(say(ADA, "m10")).isEqualTo(REFUSED);
    await().atMost(PATIENCE).until(() -> board.answered("C1").size() == 10);
    assertThat(board.notes().getLast().text()).startsWith("You sent more than 9 messages");

    bean(TestTicker.class).advance(Duration.ofSeconds(61));
    assertThat(say(ADA, "m11")).isEqualTo(ACCEPTED);
  }

  @Test
  void refusesATextThatNobodyWroteByHandButTakesAwayWhatWasDeleted() {
    bean(DurableInbox.class).start(List.of(board));

    assertThat(accept(message("e1", ADA, "m1", "x".repeat(2_000_001)))).isEqualTo(REFUSED);

    await().atMost(PATIENCE).until(() -> board.notes().size() == 1);
    assertThat(board.notes().getFirst().text())
        .isEqualTo(
            "This has 2,000,001 characters; 2,000,000 is the most that can be taken. "
                + "Please send less of it.");
    for (int i = 1; i <= 10; i++) {
      assertThat(accept(new ChatEvent.Deletion("d" + i, channel("C1"), ADA, NOON, "m1")))
          .isEqualTo(ACCEPTED);
    }
  }

  /** The first answer in a place does not begin before the gate is open. */
  private void startBehindTheGate() {
    Set<String> first = Set.of("m1", "g1");
    bean(DurableInbox.class).start(List.of(new Struck(board, it -> passGate(first.contains(it)))));
  }

  private void passGate(boolean first) {
    try {
      if (first) {
        gate.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Receipt say(Person person, String message) {
    return accept(message("event of " + message, person, message, "hello"));
  }

  private Receipt accept(ChatEvent event) {
    return bean(DurableInbox.class).accept(event);
  }

  private void answered(String channel, String... ids) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(board.answered(channel)).containsExactly(ids));
  }

  private static ChatEvent message(String event, Person person, String id, String text) {
    Address address = new Address(person.workspace(), Address.Kind.CHANNEL, "C1", Optional.empty());
    return new ChatEvent.Message(event, address, person, NOON, id, text, true);
  }
}
