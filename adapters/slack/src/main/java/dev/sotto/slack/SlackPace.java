package dev.sotto.slack;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How often one method of Slack's is called for what was missed. Slack takes some 50 calls a minute
 * of it; the first minute takes as many, each after it 40, and the rest is left to others.
 */
final class SlackPace implements AutoCloseable {
  private static final long STEP = Duration.ofMillis(1_500).toNanos();
  private static final int AT_ONCE = 10;

  private final CountDownLatch closing = new CountDownLatch(1);
  private long turn = System.nanoTime() - AT_ONCE * STEP;
  private long refusedUntil = System.nanoTime();

  /**
   * Waits for a turn.
   *
   * @param urgent takes a turn before it comes, unless Slack asked to wait
   * @return false when the end has come
   */
  boolean await(boolean urgent) {
    return pause(next(urgent));
  }

  private synchronized Duration next(boolean urgent) {
    long now = System.nanoTime();
    long mine = turn - now > -AT_ONCE * STEP ? turn : now - AT_ONCE * STEP;
    turn = mine + STEP;
    return Duration.ofNanos(Math.max(urgent ? 0 : mine - now, refusedUntil - now));
  }

  /** Slack asked to come back later. */
  synchronized void refused(Duration wait) {
    refusedUntil = System.nanoTime() + wait.toNanos();
  }

  /** Waits, but not beyond the end. */
  boolean pause(Duration wait) {
    try {
      return !closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
