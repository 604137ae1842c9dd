package dev.sotto.crypto;

import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces keys while others write. What is still to do is what lies under a replaced key: there is
 * no cursor that could be lost. A row is exchanged only while it holds what was read, so that no
 * update is lost (compare-and-set on the ciphertext).
 */
@Singleton
final class Rotator {
  private static final Logger LOG = LoggerFactory.getLogger(Rotator.class);
  private static final UUID FIRST = new UUID(0, 0);

  private static final Rotation KEPT = new Rotation(0, 0, 0, 1, 0);

  private final Vault vault;
  private final Keyring keyring;
  private final Introduction introduction;
  private final ScopeRows scopes;
  private final VersionRows versions;
  private final ShadowRows shadows;
  private final SealedRows sealed;
  private final RotationRows rotations;
  private final Grace grace;
  private final Clock clock;

  Rotator(
      Vault vault,
      Keyring keyring,
      Introduction introduction,
      ScopeRows scopes,
      VersionRows versions,
      ShadowRows shadows,
      SealedRows sealed,
      RotationRows rotations,
      Grace grace,
      Clock clock) {
    this.vault = vault;
    this.keyring = keyring;
    this.introduction = introduction;
    this.scopes = scopes;
    this.versions = versions;
    this.shadows = shadows;
    this.sealed = sealed;
    this.rotations = rotations;
    this.grace = grace;
    this.clock = clock;
  }

  Rotation rotate(Predicate<Scope> target, Progress progress) {
    RotationRow run = run();
    int replaced = replaceKeysOlderThan(run.startedAt(), target);
    Meter meter = new Meter(progress, new AtomicLong(), sealed.pending());
    Rotation first = eachReplacedKey(target, version -> reseal(version, meter).plus(KEPT));
    if (!waitOutGrace()) {
      return first.plus(new Rotation(replaced, 0, 0, 0, 0));
    }
    Rotation last = eachReplacedKey(target, version -> retire(version, meter));
    rotations.finish(run.id(), clock.instant());
    return new Rotation(replaced, first.rows(), 0, 0, 0).plus(last);
  }

  /** The rotation that was cut off, or a new one. */
  private RotationRow run() {
    List<RotationRow> unfinished = rotations.unfinished();
    if (!unfinished.isEmpty()) {
      return unfinished.getFirst();
    }
    RotationRow row = new RotationRow(vault.newId(), clock.instant(), null);
    rotations.add(row);
    return row;
  }

  private int replaceKeysOlderThan(Instant start, Predicate<Scope> target) {
    int replaced = 0;
    List<UUID> page = versions.olderThan(start, FIRST);
    while (!page.isEmpty()) {
      for (UUID scope : page) {
        if (target.test(vault.scope(scope))) {
          introduction.complete(scopes.findById(scope).orElseThrow());
          replaced++;
        }
      }
      page = versions.olderThan(start, page.getLast());
    }
    return replaced;
  }

  private Rotation eachReplacedKey(Predicate<Scope> target, Function<VersionRow, Rotation> work) {
    Rotation sum = Rotation.NOTHING;
    List<UUID> page = versions.replaced(FIRST);
    while (!page.isEmpty()) {
      for (UUID scope : page) {
        if (target.test(vault.scope(scope))) {
          for (VersionRow version : versions.replacedOf(scope)) {
            sum = sum.plus(work.apply(version));
          }
        }
      }
      page = versions.replaced(page.getLast());
    }
    return sum;
  }

  private Rotation reseal(VersionRow version, Meter meter) {
    Rotation sum = Rotation.NOTHING;
    for (Field field : Field.values()) {
      UUID after = FIRST;
      List<SealedRows.SealedRow> page = under(field, version, after);
      while (!page.isEmpty()) {
        List<SealedRows.Change> changes = changes(field, version.scopeId(), page);
        int rows = sealed.replace(field, changes);
        meter.add(rows);
        sum = sum.plus(new Rotation(0, rows, 0, 0, page.size() - changes.size()));
        page = under(field, version, page.getLast().id());
      }
    }
    return sum;
  }

  private List<SealedRows.SealedRow> under(Field field, VersionRow version, UUID after) {
    return sealed.under(field, version.scopeId(), version.keyId(), after);
  }

  private List<SealedRows.Change> changes(
      Field field, UUID scope, List<SealedRows.SealedRow> rows) {
    List<SealedRows.Change> changes = new ArrayList<>(rows.size());
    for (SealedRows.SealedRow row : rows) {
      Cell cell = new Cell(field, vault.scope(scope), row.id(), row.version());
      try {
        Ciphertext again = vault.seal(cell, vault.open(cell, row.body()));
        changes.add(new SealedRows.Change(row.id(), row.body(), again));
      } catch (IntegrityException | ErasedException e) {
        LOG.error("left as it is: {}", e.getMessage());
      }
    }
    return changes;
  }

  /** Destroys a key that no row uses: the data database refuses while one does. */
  private Rotation retire(VersionRow version, Meter meter) {
    Rotation rest = reseal(version, meter);
    try {
      shadows.delete(version.scopeId(), version.keyId());
    } catch (DataAccessException stillNamed) {
      return rest.plus(KEPT);
    }
    versions.destroy(version.scopeId(), version.keyId());
    keyring.forget(version.scopeId(), version.keyId());
    return rest.plus(new Rotation(0, 0, 1, 0, 0));
  }

  /** False if interrupted: what is left to do is left for the next time. */
  private boolean waitOutGrace() {
    Duration rest =
        versions
            .lastReplacement()
            .map(last -> Duration.between(clock.instant(), last.plus(grace.time())))
            .orElse(Duration.ZERO);
    try {
      Thread.sleep(rest.isNegative() ? Duration.ZERO : rest);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private record Meter(Progress progress, AtomicLong done, long total) {
    void add(long rows) {
      long now = done.addAndGet(rows);
      progress.advance(now, Math.max(now, total));
    }
  }
}
