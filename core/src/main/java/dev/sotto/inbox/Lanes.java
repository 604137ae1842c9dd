package dev.sotto.inbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One virtual thread for each busy lane: its events in order, different lanes side by side. An
 * event that has to wait is kept by its id alone, so that a long queue takes little memory.
 */
final class Lanes {
  private final Map<UUID, Queue<Work>> waiting = new HashMap<>();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lane-", 0).factory());
  private final Handler handler;

  Lanes(Handler handler) {
    this.handler = handler;
  }

  /** Attempts an event. */
  @FunctionalInterface
  interface Handler {

    /**
     * Does not throw.
     *
     * @param aside takes what is not to hold up its lane
     */
    void handle(Work work, Consumer<Work> aside);
  }

  /**
   * An event to be attempted.
   *
   * @param fresh what its row holds, when that was written just now
   * @param aside whether it has a lane to itself
   */
  record Work(UUID event, Optional<Pending> fresh, boolean aside) {
    static Work of(UUID event) {
      return new Work(event, Optional.empty(), false);
    }

    static Work of(Pending fresh) {
      return new Work(fresh.id(), Optional.of(fresh), false);
    }

    /** The same, to be read again. */
    Work stored() {
      return new Work(event, Optional.empty(), aside);
    }

    static Work aside(Pending pending) {
      return new Work(pending.id(), Optional.of(pending), true);
    }
  }

  void submit(UUID lane, Work work) {
    synchronized (waiting) {
      Queue<Work> queue = waiting.get(lane);
      if (queue != null) {
        queue.add(Work.of(work.event()));
        return;
      }
      waiting.put(lane, new ArrayDeque<>(List.of(work)));
    }
    if (!workers.isShutdown()) {
      workers.execute(() -> work(lane));
    }
  }

  private void work(UUID lane) {
    for (Optional<Work> next = next(lane); next.isPresent(); next = next(lane)) {
      handler.handle(next.get(), it -> submit(it.event(), it));
    }
  }

  private Optional<Work> next(UUID lane) {
    synchronized (waiting) {
      Queue<Work> queue = waiting.getOrDefault(lane, new ArrayDeque<>());
      if (queue.isEmpty() || workers.isShutdown()) {
        waiting.remove(lane);
        return Optional.empty();
      }
      return Optional.of(queue.remove());
    }
  }

  /** Starts nothing new, and interrupts what has not ended after the given time. */
  void close(Duration grace) {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
