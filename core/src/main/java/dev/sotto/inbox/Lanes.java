package dev.sotto.inbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One virtual thread for each busy lane: its events in order, different lanes side by side. */
final class Lanes {
  private final Map<UUID, Queue<UUID>> waiting = new HashMap<>();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lane-", 0).factory());
  private final Consumer<UUID> handler;

  Lanes(Consumer<UUID> handler) {
    this.handler = handler;
  }

  void submit(UUID lane, UUID event) {
    synchronized (waiting) {
      Queue<UUID> queue = waiting.get(lane);
      if (queue != null) {
        queue.add(event);
        return;
      }
      waiting.put(lane, new ArrayDeque<>(java.util.List.of(event)));
    }
    if (!workers.isShutdown()) {
      workers.execute(() -> work(lane));
    }
  }

  private void work(UUID lane) {
    for (Optional<UUID> next = next(lane); next.isPresent(); next = next(lane)) {
      handler.accept(next.get());
    }
  }

  private Optional<UUID> next(UUID lane) {
    synchronized (waiting) {
      Queue<UUID> queue = waiting.getOrDefault(lane, new ArrayDeque<>());
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
