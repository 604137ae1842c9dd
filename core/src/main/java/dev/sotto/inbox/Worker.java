package dev.sotto.inbox;

import dev.sotto.crypto.root.RootKeyUnreachableException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Works a lane: brings its events to their end, one after the other. */
@Singleton
class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** While keys or the database cannot be reached nothing is given up, however long it takes. */
  private static final Duration UNREACHABLE = Duration.ofSeconds(2);

  private final Events events;
  private final Attempts attempts;
  private final EventRouter router;

  Worker(Events events, Attempts attempts, EventRouter router) {
    this.events = events;
    this.attempts = attempts;
    this.router = router;
  }

  /**
   * Works a lane until nothing waits in it, or it is another's. Does not throw: one bad event never
   * stops the others.
   *
   * @param alone what waits in it, when that is known already
   * @param lanes work what takes long beside, and say when to begin nothing more
   */
  void work(Lease lease, Optional<Pending> alone, Lanes lanes) {
    try {
      Optional<Task> next =
          alone.isPresent()
              ? alone.map(Task::fresh)
              : whenReachable(() -> events.begin(lease), lanes);
      while (next.isPresent() && !lanes.isClosing()) {
        next = handle(next.get(), lanes);
      }
    } catch (LeaseLostException e) {
      LOG.info("{}", e.getMessage());
    } catch (InterruptedException | CancellationException e) {
      LOG.info("interrupted; whoever comes next takes it up again");
      Thread.currentThread().interrupt();
    }
  }

  /** Brings an event to its end; the answer is the next. */
  private Optional<Task> handle(Task task, Lanes lanes) throws InterruptedException {
    try (var _ = MDC.putCloseable("event", task.event().toString())) {
      Outcome.End end = end(task, lanes);
      Optional<Task> next = whenReachable(() -> events.close(task, end.state()), lanes);
      end.answered().ifPresent(router::settle);
      return next;
    }
  }

  private Outcome.End end(Task task, Lanes lanes) throws InterruptedException {
    Task next = task;
    for (int number = 1; true; number++) {
      Task now = next;
      int attempt = number;
      switch (whenReachable(() -> attempts.attempt(now, attempt, lanes), lanes)) {
        case Outcome.End end -> {
          return end;
        }
        case Outcome.Pause pause -> Thread.sleep(pause.time());
      }
      next = task.stored();
    }
  }

  private static <T> T whenReachable(Supplier<T> work, Lanes lanes) throws InterruptedException {
    while (true) {
      try {
        return work.get();
      } catch (LeaseLostException | CancellationException e) {
        throw e;
      } catch (RootKeyUnreachableException e) {
        rest(lanes);
      } catch (RuntimeException e) {
        LOG.warn("waits for the database: {}", e.getClass().getName());
        rest(lanes);
      }
    }
  }

  /** Not when the program stops: a driver may have kept for itself that it was interrupted. */
  private static void rest(Lanes lanes) throws InterruptedException {
    if (lanes.isClosing()) {
      throw new CancellationException("stops");
    }
    Thread.sleep(UNREACHABLE);
  }
}
