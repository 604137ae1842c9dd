package dev.sotto.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class UpdatesTest {
  private final List<String> sent = new CopyOnWriteArrayList<>();

  @Test
  void sendsTheNewestInOrderAndLeavesOutWhatWasReplacedBeforeItWasDue() {
    try (Updates updates = new Updates(this::send)) {
      updates.show("one");
      updates.show("two");
      await().until(() -> sent.size() == 1);
      updates.show("three");
      updates.show("four");
      await().until(() -> sent.size() == 2);
    }

    assertThat(sent).containsExactly("two", "four");
  }

  @Test
  void sendsNothingOfWhatIsOverSoon() {
    try (Updates updates = new Updates(this::send)) {
      updates.show("one");
    }

    assertThat(sent).isEmpty();
  }

  @Test
  void waitsForWhatIsBeingSentAndSendsNothingAfterwards() throws InterruptedException {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    Updates updates =
        new Updates(text -> {
          sending.countDown();
          awaitQuietly(taken);
          return send(text);
        });
    updates.show("one");
    sending.await();
    Thread closing = Thread.ofVirtual().start(updates::close);
    await().until(closing::getState, Thread.State.WAITING::equals);

    taken.countDown();
    closing.join();
    updates.show("two");

    assertThat(sent).containsExactly("one");
  }

  private Duration send(String text) {
    sent.add(text);
    return Duration.ofMillis(50);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
