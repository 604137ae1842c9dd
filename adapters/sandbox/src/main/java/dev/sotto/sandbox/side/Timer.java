package dev.sotto.sandbox.side;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs short tasks later, on one thread of its own, until it is closed. */
public final class Timer implements AutoCloseable {
  private final ScheduledThreadPoolExecutor executor;

  /**
   * @param name of the thread
   */
  public Timer(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name(name).factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
  }

  /** Runs the task once, after the delay, unless it is called off before. */
  public Task after(Duration delay, Runnable task) {
    Future<?> future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** Something that is to happen. */
  @FunctionalInterface
  public interface Task {
    void cancel();
  }
}
