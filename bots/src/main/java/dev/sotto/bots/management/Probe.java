package dev.sotto.bots.management;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A question about one part of the program. While an answer is waited for it is not asked again,
 * however many want to know; who does not hear it in time takes the part for down.
 */
public final class Probe {
  static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Executor THREADS = task -> Thread.ofVirtual().name("probe").start(task);

  private final String part;
  private final Duration kept;
  private final Runnable question;
  private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(false);
  private long goodUntil = System.nanoTime();

  /**
   * @param part its name for people and programs
   * @param kept how long a good answer is believed
   * @param question throws when the part is down
   */
  public Probe(String part, Duration kept, Runnable question) {
    this.part = part;
    this.kept = kept;
    this.question = question;
  }

  public String part() {
    return part;
  }

  /** Asks, unless an answer is still good or on its way. */
  synchronized CompletableFuture<Boolean> ask() {
    boolean good = answer.isDone() && answer.getNow(false) && System.nanoTime() - goodUntil < 0;
    if (answer.isDone() && !good) {
      answer = CompletableFuture.supplyAsync(this::answered, THREADS);
    }
    return answer;
  }

  /** Whether the part is well, as far as can be told within {@link #PATIENCE}. */
  public boolean isWell() {
    try {
      return ask().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean answered() {
    try {
      question.run();
    } catch (RuntimeException e) {
      return false;
    }
    synchronized (this) {
      goodUntil = System.nanoTime() + kept.toNanos();
    }
    return true;
  }
}
