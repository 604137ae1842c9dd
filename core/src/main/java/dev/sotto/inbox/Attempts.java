package dev.sotto.inbox;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.chat.PlatformException;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.root.RootKeyUnreachableException;
import dev.sotto.telemetry.Occurrence;
import dev.sotto.telemetry.Telemetry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attempts an event: says what is worth another attempt, and gives up visibly what is not. */
@Singleton
class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final int MOST = 10;

  /** An event with which so many programs have ended is not begun with again. */
  static final int CLAIMS = 10;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  static final String DAMAGED =
      "Your message failed its integrity check when it was read back, so it was not answered. "
          + "Please send it again and tell your administrator.";
  static final String GIVEN_UP = "Sorry, this message could not be answered. Please send it again.";

  static final String COMMAND_GIVEN_UP =
      "Sorry, this command could not be carried out to its end. Please give it again.";

  private final Events events;
  private final Places places;
  private final EventRouter router;
  private final Leases leases;
  private final Turns turns;
  private final Clock clock;
  private final Telemetry telemetry;

  Attempts(
      Events events,
      Places places,
      EventRouter router,
      Leases leases,
      Turns turns,
      Clock clock,
      Telemetry telemetry) {
    this.events = events;
    this.places = places;
    this.router = router;
    this.leases = leases;
    this.turns = turns;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /**
   * Attempts an event.
   *
   * @param number of the attempt, from 1
   * @param lanes work what takes long beside
   * @throws LeaseLostException another goes on with it
   * @throws CancellationException interrupted
   * @throws RuntimeException keys or database cannot be reached: it does not count
   */
  Outcome attempt(Task task, int number, Lanes lanes) {
    Optional<Pending> pending = Optional.empty();
    try {
      pending = task.fresh().or(() -> events.load(task.lease(), task.event()));
      return task.claims() < CLAIMS
          ? route(pending, task.isAside(), lanes)
          : giveUp(task.event(), pending, "programs ended with it", GIVEN_UP);
    } catch (SupersededException | ErasedException e) {
      LOG.info("needs no answer any more: {}", e.getMessage());
      return Outcome.End.GONE;
    } catch (IntegrityException e) {
      return giveUp(task.event(), pending, said(e), DAMAGED);
    } catch (LeaseLostException | CancellationException | RootKeyUnreachableException e) {
      throw e;
    } catch (PlatformException e) {
      return e.retryable() && number < MOST
          ? again(number, e, e.retryAfter())
          : giveUp(task.event(), pending, said(e), GIVEN_UP);
    } catch (StackOverflowError e) {
      return giveUp(task.event(), pending, "nested too deeply", GIVEN_UP);
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted() || !leases.reachable()) {
        throw e;
      }
      return number < MOST
          ? again(number, e, Duration.ZERO)
          : giveUp(task.event(), pending, said(e), GIVEN_UP);
    }
  }

  private Outcome route(Optional<Pending> pending, boolean isAside, Lanes lanes) {
    if (pending.isEmpty()) {
      return Outcome.End.GONE;
    }
    if (!isAside && router.takesLong(pending.get())) {
      Pending aside = events.aside(pending.get());
      lanes.work(aside.lease(), Optional.of(aside));
      return Outcome.End.GONE;
    }
    try (var _ = turns.begin(pending.get().kept().event().person())) {
      router.route(pending.get());
    }
    return Outcome.End.done(pending.get().kept().event());
  }

  private Outcome again(int number, RuntimeException cause, Duration atLeast) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(number - 1, 10));
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    pause = pause.compareTo(atLeast) < 0 ? atLeast : pause;
    telemetry.count(Occurrence.RETRY, 1);
    LOG.warn("attempt {} failed, the next in {} s: {}", number, pause.toSeconds(), said(cause));
    return new Outcome.Pause(pause);
  }

  private Outcome giveUp(UUID event, Optional<Pending> pending, String cause, String line) {
    telemetry.count(Occurrence.GIVEN_UP, 1);
    LOG.error("given up: {}", cause);
    try {
      tell(event, pending, line);
    } catch (IntegrityException | ErasedException | NoSuchElementException | PlatformException e) {
      LOG.error("and nobody could be told: {}", e.getMessage());
    }
    return Outcome.End.GIVEN_UP;
  }

  /** What became of a command concerns its person alone. */
  private void tell(UUID event, Optional<Pending> pending, String line) {
    if (pending.isPresent() && pending.get().kept().event() instanceof ChatEvent.Command it) {
      router.tell(event, it, COMMAND_GIVEN_UP);
      return;
    }
    Address address = places.addressOf(event);
    Person nobody = new Person(address.workspace(), "");
    router.tell(
        event, new ChatEvent.Message("", address, nobody, clock.instant(), "", "", true), line);
  }

  /** Own exceptions name things without content; of others only the kind is told. */
  private static String said(RuntimeException cause) {
    return cause.getClass().getName().startsWith("dev.sotto.")
        ? String.valueOf(cause.getMessage())
        : cause.getClass().getName();
  }
}
