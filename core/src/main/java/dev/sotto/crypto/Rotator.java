package dev.sotto.crypto;

import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces keys while others write, and destroys the old ones. What is still to do is what lies
 * under a replaced key: there is no cursor that could be lost. Several at once do no harm.
 */
@Singleton
final class Rotator {
  private static final Logger LOG = LoggerFactory.getLogger(Rotator.class);
  private static final Rotation KEPT = new Rotation(0, 0, 0, 1, 0);

  /** How often a key is tried to be destroyed that late writers have used again. */
  private static final int TRIES = 3;

  private final Runs runs;
  private final Introduction introduction;
  private final Resealing resealing;
  private final Rewrapping rewrapping;
  private final Compromise compromise;
  private final ScopeRows scopes;
  private final VersionRows versions;
  private final Grace grace;
  private final Clock clock;

  /** One version with its scope. */
  private record Replaced(ScopeRow scope, VersionRow version) {}

  Rotator(
      Runs runs,
      Introduction introduction,
      Resealing resealing,
      Rewrapping rewrapping,
      Compromise compromise,
      ScopeRows scopes,
      VersionRows versions,
      Grace grace,
      Clock clock) {
    this.runs = runs;
    this.introduction = introduction;
    this.resealing = resealing;
    this.rewrapping = rewrapping;
    this.compromise = compromise;
    this.scopes = scopes;
    this.versions = versions;
    this.grace = grace;
    this.clock = clock;
  }

  /** Replaces the keys of a run that was begun now or earlier, and finishes it. */
  Rotation rotate(RotationRow run, Progress progress) {
    Meter meter = runs.meter(run, progress);
    int replaced = replaceKeys(run, meter);
    return retire(run, meter).plus(new Rotation(replaced, 0, 0, 0, 0));
  }

  /** Renews what is under replaced keys, and destroys them; finishes the run. */
  Rotation retire(RotationRow run, Progress progress) {
    return retire(run, runs.meter(run, progress));
  }

  private Rotation retire(RotationRow run, Meter meter) {
    Renewal renewal = run.of().wraps() ? rewrapping : resealing;
    Last last = new Last();
    meter.expect(prepare(run, renewal, last));
    Rotation first =
        eachReplaced(
            run.of(), meter, it -> renewal.renew(it.scope(), it.version(), meter).plus(KEPT));
    meter.note();
    if (!waitOutGrace(last.at)) {
      return first;
    }
    meter.rested();
    Rotation end = eachReplaced(run.of(), meter, it -> destroy(it, renewal, meter));
    meter.note();
    runs.finish(run);
    return new Rotation(0, first.rows(), 0, 0, 0).plus(end);
  }

  private int replaceKeys(RotationRow run, Meter meter) {
    Aim aim = run.of();
    int replaced = 0;
    List<UUID> page = olderThan(run, Aim.EVERY);
    while (!page.isEmpty()) {
      for (UUID id : page) {
        ScopeRow scope = scopes.findById(id).orElseThrow();
        if (run.urgent()) {
          compromise.begun(scope, run.startedAt());
        }
        replaced += introduction.replace(scope, run.startedAt()) ? 1 : 0;
        meter.rest();
      }
      page = olderThan(run, page.getLast());
    }
    if (run.urgent()) {
      eachReplaced(
          aim, meter, it -> compromise.replaced(it.scope(), it.version(), run.startedAt()));
    }
    return replaced;
  }

  /** Mends what a crash left half known, and counts. */
  private long prepare(RotationRow run, Renewal renewal, Last last) {
    Aim aim = run.of();
    long pending = 0;
    List<UUID> page = versions.replaced(Aim.EVERY, aim.wraps(), aim.every(), aim.of());
    while (!page.isEmpty()) {
      for (UUID id : page) {
        introduction.settle(scopes.findById(id).orElseThrow());
        versions.replacedOf(id).forEach(old -> last.see(old.changedAt()));
      }
      pending += renewal.pending(page);
      page = versions.replaced(page.getLast(), aim.wraps(), aim.every(), aim.of());
    }
    return pending;
  }

  private Rotation eachReplaced(Aim aim, Meter meter, Function<Replaced, Rotation> work) {
    Rotation sum = Rotation.NOTHING;
    List<UUID> page = versions.replaced(Aim.EVERY, aim.wraps(), aim.every(), aim.of());
    while (!page.isEmpty()) {
      for (UUID id : page) {
        ScopeRow scope = scopes.findById(id).orElseThrow();
        for (VersionRow version : versions.replacedOf(id)) {
          sum = sum.plus(work.apply(new Replaced(scope, version)));
          meter.rest();
        }
      }
      page = versions.replaced(page.getLast(), aim.wraps(), aim.every(), aim.of());
    }
    return sum;
  }

  /** Destroys a key that nothing is under: the databases refuse while something is. */
  private Rotation destroy(Replaced key, Renewal renewal, Meter meter) {
    Rotation rest = Rotation.NOTHING;
    for (int tried = 1; tried <= TRIES; tried++) {
      Rotation again = renewal.renew(key.scope(), key.version(), meter);
      rest = rest.plus(new Rotation(0, again.rows(), 0, 0, 0));
      try {
        renewal.destroy(key.scope(), key.version());
        return rest.plus(new Rotation(0, 0, 1, 0, 0));
      } catch (DataAccessException stillNamed) {
        if (again.unreadable() > 0 || tried == TRIES) {
          LOG.warn("kept: key {} of scope {}", key.version().keyId(), key.scope().id());
          return rest.plus(KEPT).plus(new Rotation(0, 0, 0, 0, again.unreadable()));
        }
      }
    }
    return rest;
  }

  private List<UUID> olderThan(RotationRow run, UUID after) {
    Aim aim = run.of();
    return versions.olderThan(run.startedAt(), after, aim.wraps(), aim.every(), aim.of());
  }

  /** False if interrupted: what is left to do is left for the next time. */
  private boolean waitOutGrace(Instant last) {
    Duration rest = Duration.between(clock.instant(), last.plus(grace.time()));
    try {
      Thread.sleep(rest.isNegative() ? Duration.ZERO : rest);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** When a key was last replaced. */
  private static final class Last {
    private Instant at = Instant.EPOCH;

    void see(Instant time) {
      at = time.isAfter(at) ? time : at;
    }
  }
}
