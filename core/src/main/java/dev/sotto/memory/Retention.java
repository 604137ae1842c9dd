package dev.sotto.memory;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what has been kept for its time: once when started, and then every day. In batches of
 * {@value #BATCH} for each conversation, so that nobody who writes meanwhile waits for long.
 */
@Singleton
public class Retention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  static final int BATCH = 500;
  private static final Duration EVERY = Duration.ofDays(1);
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Removals removals;
  private final SummaryRows summaries;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("retention-", 0).factory());

  Retention(Removals removals, SummaryRows summaries, Chaining chaining, Clock clock) {
    chaining.complete();
    this.removals = removals;
    this.summaries = summaries;
    this.clock = clock;
  }

  /** Sweeps now and from now on; returns at once. */
  public void start() {
    thread.execute(this::attempt);
    var _ =
        thread.scheduleWithFixedDelay(
            this::attempt, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  /** Deletes what has had its time, and says how many messages and summaries that were. */
  public int sweep() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return each(() -> summaries.deleteExpired(now, BATCH))
        + each(() -> removals.removeExpired(now));
  }

  private int each(IntSupplier batch) {
    int sum = 0;
    int deleted;
    do {
      deleted = batch.getAsInt();
      sum += deleted;
    } while (deleted > 0 && !thread.isShutdown());
    return sum;
  }

  /** Lets a batch that has begun come to its end. */
  @Override
  @PreDestroy
  public void close() {
    thread.shutdown();
    try {
      var _ = thread.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The loop of a thread: what fails once is tried again the next day. */
  private void attempt() {
    try {
      LOG.info("retention: {} messages and summaries had their time and are deleted", sweep());
    } catch (RuntimeException e) {
      LOG.error(
          "retention: not everything was deleted, the next try is in a day: {}",
          e.getClass().getName());
    }
  }
}
