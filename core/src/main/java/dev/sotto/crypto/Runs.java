package dev.sotto.crypto;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sotto.telemetry.Telemetry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Keeps a book of rotations, so that one that was cut off knows whose keys it was about. */
@Singleton
final class Runs {
  private final RotationRows rows;
  private final Ids ids;
  private final Clock clock;
  private final Ticker ticker;
  private final Telemetry telemetry;

  Runs(RotationRows rows, Ids ids, Clock clock, Ticker ticker, Telemetry telemetry) {
    this.rows = rows;
    this.ids = ids;
    this.clock = clock;
    this.ticker = ticker;
    this.telemetry = telemetry;
  }

  /** The one that was cut off or is running for this aim, or a new one. */
  RotationRow open(Aim aim, boolean urgent) {
    return rows.unfinished().stream()
        .filter(run -> run.of().equals(aim) && (run.urgent() || !urgent))
        .findFirst()
        .orElseGet(() -> begin(aim, urgent));
  }

  private RotationRow begin(Aim aim, boolean urgent) {
    RotationRow run = run(aim, urgent);
    rows.add(run);
    return run;
  }

  /** One that leaves nothing to go on with. */
  RotationRow unwritten(Aim aim) {
    return run(aim, false);
  }

  private RotationRow run(Aim aim, boolean urgent) {
    return new RotationRow(
        ids.next(), clock.instant(), null, aim.kind(), aim.of(), urgent, 0, 0, 0);
  }

  List<RotationRow> unfinished() {
    return rows.unfinished();
  }

  Optional<KeyProgress> progress() {
    return rows.lastSeen().stream()
        .findFirst()
        .map(run -> new KeyProgress(run.of().words(), run.done(), run.total(), run.startedAt()));
  }

  /** Rows a second, as the last rotation that sealed rows did them; empty if there was none. */
  Optional<Double> rate() {
    return rows.lastMeasured().stream()
        .findFirst()
        .filter(run -> run.done() > 0)
        .map(run -> run.done() * 1000.0 / run.busyMillis());
  }

  Meter meter(RotationRow run, Progress progress) {
    return new Meter(run, rows, progress, clock, ticker, telemetry);
  }

  void finish(RotationRow run) {
    boolean first = rows.finish(run.id(), clock.instant()) == 1;
    if (first && run.aim() == Aim.Kind.ALL) {
      rows.finishOlder(run.startedAt(), clock.instant());
    }
  }
}
