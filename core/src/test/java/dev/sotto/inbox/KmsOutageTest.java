package dev.sotto.inbox;

import static dev.sotto.chat.Inbox.Receipt.ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sotto.StoredContract;
import dev.sotto.TestDatabases;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox.Receipt;
import dev.sotto.chat.InboxUnavailableException;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.crypto.TestTicker;
import dev.sotto.crypto.root.KmsServer.Fault;
import dev.sotto.crypto.root.TransitServer;
import dev.sotto.model.PrivateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service that keeps the root key dies while people talk. */
class KmsOutageTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LIFE = Duration.ofSeconds(61);
  private static final Address HALL = channel("C1");
  private static final Workspace GLOBEX = new Workspace(Platform.SLACK, "T2");

  private final PrivateAuthority authority = new PrivateAuthority();
  private final TransitServer vault = new TransitServer(authority, "a token");

  @Override
  protected Map<String, Object> databases(Path data) {
    Map<String, Object> settings = TestDatabases.h2(data);
    settings.put("sotto.root-key", "vault://" + vault.host() + "/transit/sotto");
    settings.put("sotto.vault.token", "a token");
    try {
      settings.put(
          "sotto.trusted-certificates", authority.pem(data.resolve("..").normalize()).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return settings;
  }

  @Override
  protected void beforeClose() {
    bean(DurableInbox.class).close();
  }

  @AfterEach
  void stopVault() {
    vault.close();
  }

  @Test
  void goesOnWithKnownKeysForTheirTimeAndTakesNothingThatItCannotKeep() {
    Board board = start(Board.open());
    accept(message("e1", HALL, ADA, "m1"));
    answered(board, "m1");

    vault.fault(Fault.DEAD);
    assertThat(accept(message("e2", HALL, ADA, "m2"))).isEqualTo(ACCEPTED);
    answered(board, "m1", "m2");
    refuses(stranger("e3"));
    bean(TestTicker.class).advance(LIFE);
    refuses(message("e4", HALL, ADA, "m4"));
    assertThatExceptionOfType(InboxUnavailableException.class)
        .isThrownBy(() -> bean(DurableInbox.class).places(Platform.SLACK));

    vault.fault(Fault.NONE);
    await().atMost(PATIENCE).ignoreExceptions().until(() -> accept(stranger("e3")) == ACCEPTED);
    assertThat(accept(message("e4", HALL, ADA, "m4"))).isEqualTo(ACCEPTED);
    await().atMost(PATIENCE).until(() -> board.answered("C1").size() == 3);
    await().atMost(PATIENCE).until(() -> board.answered("C9").size() == 1);
  }

  @Test
  void keepsWhatItTookUntilTheServiceIsBackAndAnswersItThen() {
    Board board = Board.open();
    AtomicReference<Fault> next = new AtomicReference<>(Fault.DENIED);
    CompletableFuture<Receipt> accepted = new CompletableFuture<>();
    Consumer<String> strike =
        _ -> {
          accepted.join();
          Fault fault = next.getAndSet(Fault.NONE);
          if (fault != Fault.NONE) {
            vault.fault(fault);
            bean(TestTicker.class).advance(LIFE);
          }
        };
    bean(DurableInbox.class).start(List.of(new Struck(board, strike)));

    accepted.complete(accept(message("e1", HALL, ADA, "m1")));
    await().atMost(PATIENCE).until(() -> next.get() == Fault.NONE);
    int before = vault.asked();
    await().atMost(PATIENCE).until(() -> vault.asked() > before + 3);
    assertThat(board.notes()).isEmpty();
    vault.fault(Fault.NONE);

    answered(board, "m1");
    assertThat(board.notes().getFirst().text()).doesNotContain("could not be answered");
  }

  private void refuses(ChatEvent event) {
    long begin = System.nanoTime();
    assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> accept(event));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
  }

  private Board start(Board board) {
    bean(DurableInbox.class).start(List.of(board));
    return board;
  }

  private Receipt accept(ChatEvent event) {
    return bean(DurableInbox.class).accept(event);
  }

  private static void answered(Board board, String... ids) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(board.answered("C1")).containsExactly(ids));
  }

  private static ChatEvent stranger(String event) {
    Address yard = new Address(GLOBEX, Address.Kind.CHANNEL, "C9", Optional.empty());
    return message(event, yard, new Person(GLOBEX, "U9"), "m" + event);
  }

  private static ChatEvent message(String event, Address address, Person person, String id) {
    return new ChatEvent.Message(event, address, person, NOON, id, "hello", true);
  }
}
