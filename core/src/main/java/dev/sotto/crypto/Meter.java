package dev.sotto.crypto;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sotto.telemetry.Occurrence;
import dev.sotto.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.IntSupplier;

/**
 * Counts the batches of a rotation, writes down how far it is, and rests twice as long as it
 * worked, so that others have most of the databases' time. In an emergency it does not rest. Of one
 * thread.
 */
final class Meter {
  /** How long to rest after work, as a multiple of the time it took. */
  static final double REST = 2.0;

  private static final Duration LONGEST_REST = Duration.ofSeconds(2);
  private static final long ROWS_BETWEEN_NOTES = 1_000;
  private static final Duration TIME_BETWEEN_NOTES = Duration.ofSeconds(1);

  private final RotationRow run;
  private final RotationRows rows;
  private final Progress progress;
  private final Clock clock;
  private final Ticker ticker;
  private final Telemetry telemetry;
  private long done;
  private long total;
  private long unnoted;
  private long busy;
  private long notedAt;
  private long restedAt;

  Meter(
      RotationRow run,
      RotationRows rows,
      Progress progress,
      Clock clock,
      Ticker ticker,
      Telemetry telemetry) {
    this.run = run;
    this.rows = rows;
    this.progress = progress;
    this.clock = clock;
    this.ticker = ticker;
    this.telemetry = telemetry;
    this.done = run.done();
    this.total = run.total();
    this.notedAt = ticker.read();
    this.restedAt = notedAt;
  }

  /** What is still to do, as it was just counted. */
  void expect(long pending) {
    total = done + pending;
    note();
  }

  /**
   * Does a batch, which answers with its number of rows.
   *
   * @throws CancellationException interrupted while resting
   */
  int batch(IntSupplier batch) {
    long start = ticker.read();
    int count = batch.getAsInt();
    busy += ticker.read() - start;
    if (count > 0) {
      add(count);
    }
    rest();
    return count;
  }

  /**
   * Rests for what was done since the last rest.
   *
   * @throws CancellationException interrupted while resting
   */
  void rest() {
    if (!run.urgent()) {
      sleep(Duration.ofNanos((long) ((ticker.read() - restedAt) * REST)));
    }
    rested();
  }

  /** What was waited for until now was no work. */
  void rested() {
    restedAt = ticker.read();
  }

  private void add(int count) {
    done += count;
    telemetry.count(Occurrence.ROTATED_ROW, count);
    total = Math.max(done, total);
    unnoted += count;
    if (unnoted >= ROWS_BETWEEN_NOTES || ticker.read() - notedAt >= TIME_BETWEEN_NOTES.toNanos()) {
      note();
    }
    progress.advance(done, total);
  }

  /** Writes down how far it is. */
  void note() {
    rows.advance(run.id(), unnoted, busy / 1_000_000, total, clock.instant());
    unnoted = 0;
    busy %= 1_000_000;
    notedAt = ticker.read();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.compareTo(LONGEST_REST) < 0 ? time : LONGEST_REST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted; the next rotation goes on from here");
    }
  }
}
