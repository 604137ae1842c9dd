package dev.sotto.discord;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does jobs of one channel one after the other and those of different channels side by side, on one
 * virtual thread for each busy channel. Nothing is done while the lanes are held. Threads are never
 * interrupted: what a job has begun to write, it finishes.
 */
final class Lanes implements AutoCloseable {
  /** Jobs that wait in one lane. */
  static final int LANE = 1_000;

  /** Jobs that wait in all of them. */
  static final int ALL = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  private static final long FAREWELL_MILLIS = 500;
  private static final long LOOK_MILLIS = 100;

  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile CompletableFuture<Void> gate = new CompletableFuture<>();

  /** Nothing is done until {@link #release}; so it is at the beginning. */
  synchronized void hold() {
    if (gate.isDone() && !closed()) {
      gate = new CompletableFuture<>();
    }
  }

  synchronized void release() {
    gate.complete(null);
  }

  /**
   * Does a job after those before it. When the lane is full, this job and those after it are
   * dropped, and the other is done in their stead when the lane has come to its end.
   */
  void add(String lane, Runnable job, Runnable whenFull) {
    put(
        lane,
        jobs -> {
          if (jobs.instead != null) {
            return;
          }
          if (jobs.waiting.size() >= LANE || waiting.get() >= ALL) {
            jobs.instead = whenFull;
          } else {
            waiting.incrementAndGet();
            jobs.waiting.addLast(job);
          }
        });
  }

  /** Does a job before all that wait in its lane. */
  void addFirst(String lane, Runnable job) {
    put(
        lane,
        jobs -> {
          waiting.incrementAndGet();
          jobs.waiting.addFirst(job);
        });
  }

  /** Returns when what waits in another lane now is done, or when the end has come. */
  void awaitPassed(String lane) {
    CountDownLatch passed = new CountDownLatch(1);
    put(
        lane,
        jobs -> {
          waiting.incrementAndGet();
          jobs.waiting.addLast(passed::countDown);
        });
    try {
      while (!closed() && !passed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.trace("Discord: a thread waits for its channel");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does a job now, beside all lanes. */
  void beside(Runnable job) {
    Thread.ofVirtual().name("discord-job").start(() -> run(job));
  }

  /** Waits, but not beyond the end. */
  boolean pause(long millis) {
    try {
      return !closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean closed() {
    return closing.getCount() == 0;
  }

  private void put(String lane, Consumer<Lane> change) {
    if (closed()) {
      return;
    }
    lanes.compute(
        lane,
        (name, found) -> {
          Lane jobs = found == null ? new Lane() : found;
          change.accept(jobs);
          if (found == null) {
            Thread.ofVirtual().name("discord-lane").start(() -> drain(name));
          }
          return jobs;
        });
  }

  private void drain(String lane) {
    gate.join();
    for (Runnable job = next(lane); job != null; job = next(lane)) {
      run(job);
      gate.join();
    }
    synchronized (this) {
      notifyAll();
    }
  }

  private @Nullable Runnable next(String lane) {
    AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
    lanes.computeIfPresent(
        lane,
        (_, jobs) -> {
          next.set(closed() ? null : jobs.poll(waiting));
          return next.get() == null ? null : jobs;
        });
    return next.get();
  }

  private void run(Runnable job) {
    try {
      job.run();
    } catch (RuntimeException e) {
      if (!closed()) {
        LOG.error("Discord: something could not be done: {}", e.getClass().getSimpleName());
      }
    }
  }

  /** Drops what waits, and gives what has begun half a second to end. */
  @Override
  public synchronized void close() {
    closing.countDown();
    release();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MILLIS);
    try {
      for (long left = FAREWELL_MILLIS; !lanes.isEmpty() && left > 0; ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Lane {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private @Nullable Runnable instead;

    @Nullable Runnable poll(AtomicInteger all) {
      Runnable next = waiting.pollFirst();
      if (next != null) {
        all.decrementAndGet();
        return next;
      }
      Runnable last = instead;
      instead = null;
      return last;
    }
  }
}
