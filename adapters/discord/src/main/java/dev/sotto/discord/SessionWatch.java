package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.StatusChangeEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionDisconnectEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.hooks.EventListener;

/**
 * Follows one session of JDA from its beginning to its end, and says what Discord held against it.
 */
final class SessionWatch implements EventListener {
  private static final long READY_SECONDS = 60;
  private static final int BAD_TOKEN = 4004;
  private static final int BAD_INTENTS = 4013;
  private static final int DISALLOWED_INTENTS = 4014;

  private final Reporter reporter;
  private final Consumer<JDA> begun;
  private final Consumer<RuntimeException> lost;
  private final CompletableFuture<JDA> ready = new CompletableFuture<>();
  private volatile boolean flowing;
  private volatile boolean hungUp;
  private volatile boolean dialled;

  /**
   * @param begun told of the session before any other listener hears that it is ready
   * @param lost told why a session that was ready is over for good
   */
  SessionWatch(Reporter reporter, Consumer<JDA> begun, Consumer<RuntimeException> lost) {
    this.reporter = reporter;
    this.begun = begun;
    this.lost = lost;
  }

  @Override
  public void onEvent(GenericEvent event) {
    switch (event) {
      case ReadyEvent start -> {
        begun.accept(start.getJDA());
        flows();
        ready.complete(start.getJDA());
      }
      case SessionResumeEvent _ -> flows();
      case SessionRecreateEvent _ -> flows();
      case StatusChangeEvent status -> {
        dialled |= status.getNewStatus() == JDA.Status.CONNECTING_TO_WEBSOCKET;
        if (status.getNewStatus() == JDA.Status.DISCONNECTED) {
          disconnected(status.getJDA());
        }
      }
      case SessionDisconnectEvent _ -> {
        hungUp = false;
        reporter.lost();
      }
      case ShutdownEvent end -> ended(end.getCode());
      default -> {}
    }
  }

  /**
   * JDA tells the end of a session only after its last request, which can take half a minute. It
   * tells a disconnection from which it recovers at once; one without that is the end.
   */
  private void disconnected(JDA jda) {
    flowing = false;
    hungUp = true;
    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
        .execute(() -> {
          if (hungUp) {
            jda.shutdownNow();
          }
        });
  }

  private void flows() {
    flowing = true;
    reporter.works();
  }

  /** Whether events come now. */
  boolean flowing() {
    return flowing;
  }

  private void ended(int closeCode) {
    flowing = false;
    RuntimeException reason =
        refusal(closeCode)
            .<RuntimeException>map(ConnectionException::new)
            .orElseGet(
                () -> new UnreachableException("Discord: the gateway hung up, code " + closeCode));
    if (!ready.completeExceptionally(reason)) {
      lost.accept(reason);
    }
  }

  private static Optional<String> refusal(int closeCode) {
    return switch (closeCode) {
      case BAD_TOKEN -> Optional.of(FirstCalls.BAD_TOKEN);
      case DISALLOWED_INTENTS, BAD_INTENTS -> Optional.of(DiscordExamination.NO_MESSAGE_CONTENT);
      default -> Optional.empty();
    };
  }

  /** Waits for its turn as long as that takes, and from then on for a minute or two. */
  void awaitReady() {
    boolean late = false;
    while (!readyWithinAMinute()) {
      if (late) {
        throw new UnreachableException("Discord: the gateway was not ready within a minute");
      }
      late = dialled;
    }
  }

  private boolean readyWithinAMinute() {
    try {
      ready.get(READY_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException reason
          ? reason
          : new UnreachableException("Discord: the gateway did not get ready");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("Discord: the connecting was interrupted");
    }
  }

  /** Ends the waiting. */
  void giveUp() {
    ready.completeExceptionally(new UnreachableException("Discord: closed while connecting"));
  }
}
