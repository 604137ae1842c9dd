package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.InboxUnavailableException;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.slack.SlackWorld.MemoryInbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlackOrderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Workspace ACME = new Workspace(Platform.SLACK, "T1");

  private final MemoryInbox inbox = new MemoryInbox();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SlackOrder order = new SlackOrder(inbox, threads);

  @AfterEach
  void stop() {
    order.close();
    threads.close();
  }

  @Test
  void handsInAgainWhatCouldNotBeKeptAndBeforeWhatCameAfterIt() {
    inbox.down.set(Integer.MAX_VALUE);
    refuses(message("1", "m1"));
    refuses(message("1", "m2"));
    refuses(message("2", "m3"));
    refuses(message("1", "m1"));
    inbox.down.set(0);

    await().atMost(PATIENCE).until(() -> said("1"), List.of("m1", "m2")::equals);
    await().atMost(PATIENCE).until(() -> said("2"), List.of("m3")::equals);
    await().atMost(PATIENCE).until(() -> keeps(message("1", "m2")));
    order.keep(message("1", "m4"), () -> {});
    assertThat(said("1")).containsExactly("m1", "m2", "m4");
  }

  @Test
  void leavesToSlackWhatWaitsInTheEnd() {
    inbox.down.set(Integer.MAX_VALUE);
    refuses(message("1", "m1"));
    order.close();
    inbox.down.set(0);
    threads.close();

    assertThat(inbox.events).isEmpty();
  }

  private void refuses(ChatEvent event) {
    assertThatExceptionOfType(InboxUnavailableException.class)
        .isThrownBy(() -> order.keep(event, () -> {}));
  }

  private boolean keeps(ChatEvent event) {
    try {
      order.keep(event, () -> {});
      return true;
    } catch (InboxUnavailableException _) {
      return false;
    }
  }

  private List<String> said(String thread) {
    return inbox
        .messages()
        .filter(it -> it.address().thread().equals(Optional.of(thread)))
        .map(ChatEvent.Message::messageId)
        .toList();
  }

  private static ChatEvent message(String thread, String id) {
    return new ChatEvent.Message(
        "event of " + id,
        new Address(ACME, Address.Kind.CHANNEL, "C1", Optional.of(thread)),
        new Person(ACME, "U1"),
        Instant.EPOCH,
        id,
        "hello",
        true);
  }
}
