package dev.sotto.inbox;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.chat.PlatformException;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.root.RootKeyUnreachableException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
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

  /** While the root key cannot be reached nothing is given up, however long it takes. */
  private static final Duration WITHOUT_KEYS = Duration.ofSeconds(2);

  static final String DAMAGED =
      "Your message failed its integrity check when it was read back, so it was not answered. "
          + "Please send it again and tell your administrator.";
  static final String GIVEN_UP = "Sorry, this message could not be answered. Please send it again.";

  static final String COMMAND_GIVEN_UP =
      "Sorry, this command could not be carried out to its end. Please give it again.";

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

  /**
   * Does not throw: one bad event never stops the others.
   *
   * @param aside takes an event that takes long, so that those behind it do not wait
   */
  void handle(Lanes.Work work, Consumer<Lanes.Work> aside) {
    try (var _ = MDC.putCloseable("event", work.event().toString())) {
      Optional<Duration> pause = whenKeysAreThere(work, 1, aside);
      for (int next = 2; pause.isPresent(); next++) {
        Thread.sleep(pause.get());
        pause = whenKeysAreThere(work.stored(), next, aside);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One attempt that counts: one without keys does not, and is made again. */
  private Optional<Duration> whenKeysAreThere(
      Lanes.Work work, int attempt, Consumer<Lanes.Work> aside) throws InterruptedException {
    Lanes.Work known = work;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        return attempt(known, attempt, aside);
      } catch (RootKeyUnreachableException e) {
        known = work.stored();
        Thread.sleep(WITHOUT_KEYS);
      }
    }
    return Optional.empty();
  }

  /** One attempt; the answer is how long to wait for the next, empty when none is needed. */
  private Optional<Duration> attempt(Lanes.Work work, int attempt, Consumer<Lanes.Work> aside) {
    UUID event = work.event();
    Optional<Pending> pending = Optional.empty();
    try {
      pending = work.fresh().or(() -> events.load(event));
      pending.ifPresent(it -> route(it, work, aside));
      return Optional.empty();
    } catch (SupersededException | ErasedException e) {
      LOG.info("needs no answer any more: {}", e.getMessage());
      return Optional.empty();
    } catch (CancellationException e) {
      LOG.info("interrupted; the next start takes it up again");
      return Optional.empty();
    } catch (IntegrityException e) {
      return giveUp(event, pending, e, DAMAGED);
    } catch (RootKeyUnreachableException e) {
      throw e;
    } catch (PlatformException e) {
      return e.retryable() && attempt < ATTEMPTS
          ? again(attempt, e, e.retryAfter())
          : giveUp(event, pending, e, GIVEN_UP);
    } catch (RuntimeException e) {
      return Thread.currentThread().isInterrupted()
          ? Optional.empty()
          : attempt < ATTEMPTS
              ? again(attempt, e, Duration.ZERO)
              : giveUp(event, pending, e, GIVEN_UP);
    }
  }

  private void route(Pending pending, Lanes.Work work, Consumer<Lanes.Work> aside) {
    if (!work.aside() && router.takesLong(pending)) {
      aside.accept(Lanes.Work.aside(pending));
    } else {
      router.route(pending);
    }
  }

  private static Optional<Duration> again(int attempt, RuntimeException cause, Duration atLeast) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    pause = pause.compareTo(atLeast) < 0 ? atLeast : pause;
    LOG.warn("attempt {} failed, the next in {} s: {}", attempt, pause.toSeconds(), said(cause));
    return Optional.of(pause);
  }

  private Optional<Duration> giveUp(
      UUID event, Optional<Pending> pending, RuntimeException cause, String line) {
    LOG.error("given up: {}", said(cause));
    try {
      tell(event, pending, line);
    } catch (IntegrityException | ErasedException | NoSuchElementException | PlatformException e) {
      LOG.error("and nobody could be told: {}", e.getMessage());
    }
    events.close(event, EventState.GIVEN_UP);
    return Optional.empty();
  }

  /** What became of a command concerns its person alone. */
  private void tell(UUID event, Optional<Pending> pending, String line) {
    if (pending.isPresent() && pending.get().kept().event() instanceof ChatEvent.Command it) {
      router.tell(it, COMMAND_GIVEN_UP);
      return;
    }
    Address address = places.addressOf(event);
    Person nobody = new Person(address.workspace(), "");
    router.say(
        event, new ChatEvent.Message("", address, nobody, clock.instant(), "", "", true), line);
  }

  /** Own exceptions name things without content; of others only the kind is told. */
  private static String said(RuntimeException cause) {
    return cause.getClass().getName().startsWith("dev.sotto.")
        ? String.valueOf(cause.getMessage())
        : cause.getClass().getName();
  }
}
