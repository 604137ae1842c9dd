package dev.sotto.inbox;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.chat.PlatformException;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.IntegrityException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Attempts an event until it is done: tries again what may pass, gives up visibly what will not.
 */
@Singleton
class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final int ATTEMPTS = 10;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  static final String DAMAGED =
      "Your message failed its integrity check when it was read back, so it was not answered. "
          + "Please send it again and tell your administrator.";
  static final String GIVEN_UP = "Sorry, this message could not be answered. Please send it again.";

  private final Events events;
  private final Places places;
  private final EventRouter router;
  private final Clock clock;

  Worker(Events events, Places places, EventRouter router, Clock clock) {
    this.events = events;
    this.places = places;
    this.router = router;
    this.clock = clock;
  }

  /** Does not throw: one bad event never stops the others. */
  void handle(Lanes.Work work) {
    UUID event = work.event();
    try (var _ = MDC.putCloseable("event", event.toString())) {
      Optional<Duration> pause = attempt(event, work.fresh(), 1);
      for (int next = 2; pause.isPresent(); next++) {
        Thread.sleep(pause.get());
        pause = attempt(event, Optional.empty(), next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One attempt; the answer is how long to wait for the next, empty when none is needed. */
  private Optional<Duration> attempt(UUID event, Optional<Pending> fresh, int attempt) {
    try {
      fresh.or(() -> events.load(event)).ifPresent(router::route);
      return Optional.empty();
    } catch (SupersededException | ErasedException e) {
      LOG.info("needs no answer any more: {}", e.getMessage());
      return Optional.empty();
    } catch (IntegrityException e) {
      return giveUp(event, e, DAMAGED);
    } catch (PlatformException e) {
      return e.retryable() && attempt < ATTEMPTS
          ? again(attempt, e, e.retryAfter())
          : giveUp(event, e, GIVEN_UP);
    } catch (RuntimeException e) {
      return Thread.currentThread().isInterrupted()
          ? Optional.empty()
          : attempt < ATTEMPTS ? again(attempt, e, Duration.ZERO) : giveUp(event, e, GIVEN_UP);
    }
  }

  private static Optional<Duration> again(int attempt, RuntimeException cause, Duration atLeast) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    pause = pause.compareTo(atLeast) < 0 ? atLeast : pause;
    LOG.warn("attempt {} failed, the next in {} s: {}", attempt, pause.toSeconds(), said(cause));
    return Optional.of(pause);
  }

  private Optional<Duration> giveUp(UUID event, RuntimeException cause, String line) {
    LOG.error("given up: {}", said(cause));
    try {
      Address address = places.addressOf(event);
      Person nobody = new Person(address.workspace(), "");
      router.say(
          event, new ChatEvent.Message("", address, nobody, clock.instant(), "", "", true), line);
    } catch (IntegrityException | ErasedException | NoSuchElementException | PlatformException e) {
      LOG.error("and nobody could be told: {}", e.getMessage());
    }
    events.close(event, EventState.GIVEN_UP);
    return Optional.empty();
  }

  /** Own exceptions name things without content; of others only the kind is told. */
  private static String said(RuntimeException cause) {
    return cause.getClass().getName().startsWith("dev.sotto.")
        ? String.valueOf(cause.getMessage())
        : cause.getClass().getName();
  }
}
