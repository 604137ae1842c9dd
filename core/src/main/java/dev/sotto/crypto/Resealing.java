package dev.sotto.crypto;

import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals rows again, from a replaced key to the active one. A row is exchanged only while it holds
 * what was read, so that no update is lost (compare-and-set on the ciphertext). A row that does not
 * verify is left as it is, and with it its key.
 */
@Singleton
final class Resealing implements Renewal {
  private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
  private static final int TRIES = 5;

  /** With more rows than these that cannot be read, a table is walked in order. */
  private static final int SKIPPED = 5 * SealedRows.PAGE;

  private final Vault vault;
  private final Keyring keyring;
  private final SealedRows sealed;
  private final SealedCountRows counts;
  private final VersionRows versions;
  private final Burial burial;
  private final Clock clock;

  Resealing(
      Vault vault,
      Keyring keyring,
      SealedRows sealed,
      SealedCountRows counts,
      VersionRows versions,
      Burial burial,
      Clock clock) {
    this.vault = vault;
    this.keyring = keyring;
    this.sealed = sealed;
    this.counts = counts;
    this.versions = versions;
    this.burial = burial;
    this.clock = clock;
  }

  @Override
  public long pending(List<UUID> scopes) {
    return counts.pending(scopes);
  }

  @Override
  public Rotation renew(ScopeRow scope, VersionRow old, Meter meter) {
    Rotation sum = Rotation.NOTHING;
    for (Field field : Field.values()) {
      sum = sum.plus(exchange(field, old, meter, limit -> sealed.some(field, old, limit)));
      sum = sum.plus(exchange(field, old, meter, limit -> sealed.strays(field, old, limit)));
    }
    return sum;
  }

  @Override
  public void destroy(ScopeRow scope, VersionRow old) {
    for (Field field : Field.values()) {
      if (!sealed.strays(field, old, 1).isEmpty()) {
        throw new DataAccessException("a row of " + field.table() + " hides its key");
      }
    }
    burial.ofRows(scope, old.keyId());
    versions.destroy(old.scopeId(), old.keyId(), clock.instant());
    keyring.forget(old.scopeId(), old.keyId());
  }

  /** What cannot be read is passed by: as many rows more are asked for. */
  private Rotation exchange(
      Field field,
      VersionRow old,
      Meter meter,
      Function<Integer, List<SealedRows.SealedRow>> source) {
    Set<UUID> unreadable = new HashSet<>();
    long rows = 0;
    while (unreadable.size() <= SKIPPED) {
      List<SealedRows.SealedRow> page =
          new ArrayList<>(source.apply(SealedRows.PAGE + unreadable.size()));
      page.removeIf(row -> unreadable.contains(row.id()));
      if (page.isEmpty()) {
        return new Rotation(0, rows, 0, 0, unreadable.size());
      }
      rows += meter.batch(() -> batch(field, old, page, unreadable));
    }
    return walk(field, old, meter).plus(new Rotation(0, rows, 0, 0, 0));
  }

  private Rotation walk(Field field, VersionRow old, Meter meter) {
    Set<UUID> unreadable = new HashSet<>();
    long rows = 0;
    List<SealedRows.SealedRow> page = sealed.after(field, old, Aim.EVERY);
    while (!page.isEmpty()) {
      List<SealedRows.SealedRow> now = page;
      rows += meter.batch(() -> batch(field, old, now, unreadable));
      page = sealed.after(field, old, page.getLast().id());
    }
    return new Rotation(0, rows, 0, 0, unreadable.size());
  }

  /**
   * Tried again when it cannot be kept: two batches that wait for each other end one of them, and
   * the key that was active may have been replaced and destroyed elsewhere meanwhile.
   */
  private int batch(
      Field field, VersionRow old, List<SealedRows.SealedRow> rows, Set<UUID> unreadable) {
    for (int tried = 1; ; tried++) {
      try {
        return sealed.replace(field, old, changes(field, rows, unreadable));
      } catch (DataAccessException e) {
        if (tried == TRIES) {
          throw e;
        }
        keyring.forget(old.scopeId());
      }
    }
  }

  /** In the order of ids, so that several rotations at once take rows in the same order. */
  private List<SealedRows.Change> changes(
      Field field, List<SealedRows.SealedRow> rows, Set<UUID> unreadable) {
    List<SealedRows.Change> changes = new ArrayList<>(rows.size());
    for (SealedRows.SealedRow row : rows) {
      Cell cell = new Cell(field, vault.scope(row.scope()), row.id(), row.version());
      try {
        Ciphertext again = vault.seal(cell, vault.open(cell, row.body()));
        changes.add(new SealedRows.Change(row.id(), row.body(), again));
      } catch (IntegrityException | ErasedException e) {
        LOG.error("left as it is: {}", e.getMessage());
        unreadable.add(row.id());
      }
    }
    changes.sort(Comparator.comparing(SealedRows.Change::id));
    return changes;
  }
}
