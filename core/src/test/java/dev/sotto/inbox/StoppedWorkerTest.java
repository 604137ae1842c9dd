package dev.sotto.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.StoredContract;
import dev.sotto.chat.ChatEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.h2.api.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The program stops while a worker is in the database, which says nothing of the interrupt. */
class StoppedWorkerTest extends StoredContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00Z");

  @Override
  protected void beforeClose() {
    update("default", "drop trigger if exists deaf");
  }

  @AfterEach
  void letGo() {
    Deaf.RELEASED.countDown();
  }

  @Test
  void doesNotTryAgain() throws Exception {
    DurableInbox inbox = bean(DurableInbox.class);
    update(
        "default",
        "create trigger deaf before update on inbox_event call '%s'"
            .formatted(Deaf.class.getName()));
    inbox.start(List.of(Board.open()));
    var _ =
        inbox.accept(new ChatEvent.Message("e1", channel("C1"), ADA, NOON, "m1", "hello", true));
    await().atMost(PATIENCE).until(() -> Deaf.WORKERS.size() == 1);

    inbox.close();

    whileClosed(
        () -> await().atMost(PATIENCE).until(() -> Deaf.WORKERS.getFirst().isAlive(), is -> !is));
    assertThat(Deaf.WORKERS).hasSize(1);
  }

  /** Waits, and fails when interrupted as if for another cause. */
  public static final class Deaf implements Trigger {
    private static final List<Thread> WORKERS = new CopyOnWriteArrayList<>();
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    /** For H2. */
    public Deaf() {}

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
      WORKERS.add(Thread.currentThread());
      try {
        RELEASED.await();
      } catch (InterruptedException e) {
        throw new SQLException("broken", e);
      }
    }
  }
}
