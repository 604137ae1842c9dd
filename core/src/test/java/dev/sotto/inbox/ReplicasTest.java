package dev.sotto.inbox;

import static dev.sotto.chat.Inbox.Receipt.ACCEPTED;
import static dev.sotto.chat.Inbox.Receipt.REPEATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sotto.StoredContract;
import dev.sotto.TestDatabases;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.InboxUnavailableException;
import dev.sotto.crypto.TestTicker;
import dev.sotto.crypto.Vault;
import dev.sotto.memory.Memory;
import dev.sotto.telemetry.Telemetry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two programs on one PostgreSQL that speak on one platform. */
class ReplicasTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Address HALL = channel("C1");
  private static final String FORGETS_FENCES = "forgets-fences";

  private final Board board = Board.open();
  private final List<ApplicationContext> others = new ArrayList<>();
  private final List<String> begun = new CopyOnWriteArrayList<>();

  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }

  @Override
  protected void beforeClose() {
    bean(DurableInbox.class).close();
  }

  @AfterEach
  void closeOthers() {
    others.forEach(it -> it.getBean(DurableInbox.class).close());
    others.forEach(ApplicationContext::close);
  }

  @Test
  void answerEachPlaceInItsOrderWhicheverOfThemIsTold() {
    DurableInbox first = start(board);
    DurableInbox second = another(board);
    List<String> ids = IntStream.range(0, 40).mapToObj(it -> "m" + it).toList();

    for (int i = 0; i < ids.size(); i++) {
      (i % 2 == 0 ? first : second).accept(message(ids.get(i), i));
    }

    await().atMost(PATIENCE).until(() -> board.answered("C1").size() == ids.size());
    assertThat(board.answered("C1")).containsExactlyElementsOf(ids);
    await().atMost(PATIENCE).until(() -> count("default", "select count(*) from lane") == 0);
  }

  @Test
  void answerOnceWhatBothAreToldAtOnce() throws Exception {
    List<DurableInbox> both = List.of(start(board), another(board));
    List<String> ids = IntStream.range(0, 40).mapToObj(it -> "m" + it).toList();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < ids.size(); i++) {
        ChatEvent event = message(ids.get(i), i);
        List<Future<Inbox.Receipt>> told =
            both.stream().map(it -> threads.submit(() -> it.accept(event))).toList();
        assertThat(List.of(told.getFirst().get(), told.getLast().get()))
            .containsExactlyInAnyOrder(ACCEPTED, REPEATED);
      }
    }

    await().atMost(PATIENCE).until(() -> board.answered("C1").size() >= ids.size());
    assertThat(board.answered("C1")).containsExactlyElementsOf(ids);
  }

  @Test
  void takeOverWhatADeadOneLeftAndLetItBeginNothingWhenItComesBack() {
    CountDownLatch pause = new CountDownLatch(1);
    CountDownLatch work = new CountDownLatch(1);
    DurableInbox zombie = pausedAtFirst(pause, work);

    pause.countDown();
    zombie.close();

    assertThat(begun).containsExactly("m1", "m1", "m2");
    work.countDown();
    answered("m1", "m2");
    await().atMost(PATIENCE).until(this::nobodyWorks);
    assertThat(bean(Memory.class).recallOf(ADA, 10).said()).hasSize(4);
  }

  @Test
  void twinThatForgetsFencesBeginsWhatAnotherIsAnswering() {
    become(FORGETS_FENCES);
    CountDownLatch pause = new CountDownLatch(1);
    CountDownLatch work = new CountDownLatch(1);
    var _ = pausedAtFirst(pause, work);

    pause.countDown();

    await().atMost(PATIENCE).until(() -> begun.equals(List.of("m1", "m1", "m2", "m2")));
    work.countDown();
  }

  /** One that was paused while it answered the first of two messages; another is at the second. */
  private DurableInbox pausedAtFirst(CountDownLatch pause, CountDownLatch work) {
    bean(EventRouter.class).connect(List.of(stalling("m1", pause)));
    DurableInbox paused =
        bean(DurableInbox.class); // Not started: it neither says nor sees a thing.
    paused.accept(message("m1", 1));
    paused.accept(message("m2", 2));
    await().atMost(PATIENCE).until(() -> begun.size() == 1);
    takenForDead();
    another(stalling("m2", work));
    await().atMost(PATIENCE).until(() -> begun.size() == 3);
    return paused;
  }

  @Test
  void goOnUnderAnotherNameWhenTheyWereTakenForDead() {
    CountDownLatch stalled = new CountDownLatch(1);
    DurableInbox inbox = start(stalling("m1", stalled));
    inbox.accept(message("m1", 1));
    Object before = query("default", "select fence from lane").getFirst().getFirst();

    takenForDead();
    await()
        .atMost(PATIENCE)
        .until(() -> !query("default", "select fence from lane").getFirst().contains(before));
    stalled.countDown();

    answered("m1");
    inbox.accept(message("m2", 2));
    answered("m1", "m2");
  }

  @Test
  void goOnWithTheirOwnWhenTheirClockSaysThatTheyWereAwayTooLong() {
    CountDownLatch stalled = new CountDownLatch(1);
    DurableInbox inbox = start(stalling("m1", stalled));
    inbox.accept(message("m1", 1));
    await().atMost(PATIENCE).until(() -> begun.size() == 1);

    bean(TestTicker.class).advance(Replica.LEASE);
    stalled.countDown();

    answered("m1");
    await().atMost(PATIENCE).until(this::nobodyWorks);
  }

  @Test
  void leaveAtOnceWhatTheyCannotEndWhenTheyStop() {
    CountDownLatch stalled = new CountDownLatch(1);
    DurableInbox leaving = start(stalling("m1", stalled));
    leaving.accept(message("m1", 1));
    leaving.close();
    assertThatThrownBy(() -> leaving.accept(message("m2", 2)))
        .isInstanceOf(InboxUnavailableException.class);

    another(board);

    answered("m1");
  }

  @Test
  void saySoAndGoOnWhenWhoeverBeginsWithAMessageDies() {
    DurableInbox inbox = start(stalling("m1", new CountDownLatch(1)));
    inbox.accept(message("m1", 1));
    inbox.accept(message("m2", 2));
    update(
        "default",
        "update inbox_event set claims = ? where at = (select min(at) from inbox_event)",
        Attempts.CLAIMS);
    takenForDead();

    another(board);

    await().atMost(PATIENCE).until(() -> board.notes().size() == 2);
    assertThat(board.notes().getFirst().text()).isEqualTo(Attempts.GIVEN_UP);
    assertThat(board.notes().getLast().messageId()).isEqualTo("m2");
  }

  @Test
  void letALaneGoWhoseMessagesWereDeleted() {
    CountDownLatch stalled = new CountDownLatch(1);
    start(stalling("m1", stalled)).accept(message("m1", 1));
    DurableInbox other = another(board);

    other.accept(new ChatEvent.Deletion("d1", HALL, ADA, NOON, "m1"));
    stalled.countDown();

    await().atMost(PATIENCE).until(this::nobodyWorks);
    other.accept(message("m2", 2));
    answered("m2");
  }

  @Test
  void holdNothingOfAnother() {
    Leases ours = bean(Leases.class);
    UUID lane = bean(Vault.class).newId();
    Lease lease = ours.claim(lane, ours.holder()).orElseThrow().lease();
    ApplicationContext other = ApplicationContext.run(properties());
    others.add(other);
    Leases theirs = other.getBean(Leases.class);

    assertThat(theirs.claim(lane, theirs.holder())).isEmpty();
    update(
        "default",
        "update replica set until = current_timestamp - interval '1' second where id = ?",
        lease.replica());
    assertThat(theirs.claim(lane, theirs.holder()).map(Leases.Claim::anew)).contains(false);
    assertThatThrownBy(() -> ours.hold(lease)).isInstanceOf(LeaseLostException.class);
  }

  private DurableInbox start(ChatPlatform platform) {
    bean(DurableInbox.class).start(List.of(platform));
    return bean(DurableInbox.class);
  }

  private ChatPlatform stalling(String message, CountDownLatch latch) {
    return new Struck(
        board,
        it -> {
          begun.add(it);
          if (it.equals(message)) {
            pass(latch);
          }
        });
  }

  private DurableInbox another(ChatPlatform platform) {
    Map<String, Object> properties = new HashMap<>(properties());
    properties.remove("twin");
    ApplicationContext context = ApplicationContext.run(properties);
    others.add(context);
    context.getBean(DurableInbox.class).start(List.of(platform));
    return context.getBean(DurableInbox.class);
  }

  /** As after a pause that was longer than a lease, of which the paused one knows nothing yet. */
  private void takenForDead() {
    update("default", "update replica set until = current_timestamp - interval '1' second");
  }

  private boolean nobodyWorks() {
    return count("default", "select count(*) from lane") == 0;
  }

  private static void pass(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new CancellationException("stopped");
    }
  }

  private void answered(String... ids) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(board.answered("C1")).containsExactly(ids));
  }

  private static ChatEvent message(String id, int second) {
    return new ChatEvent.Message("event " + id, HALL, ADA, at(second), id, "hello", true);
  }

  private static Instant at(int second) {
    return NOON.plusSeconds(second);
  }

  @Singleton
  @Replaces(Leases.class)
  @Requires(property = "twin", value = FORGETS_FENCES)
  static class ForgetsFences extends Leases {
    ForgetsFences(LaneRows rows, Replica replica, Vault vault, Telemetry telemetry) {
      super(rows, replica, vault, telemetry);
    }

    @Override
    void hold(Lease lease) {}

    @Override
    void check(Lease lease) {}
  }
}
