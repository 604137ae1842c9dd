package dev.sotto.crypto;

import dev.sotto.database.Flush;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the key of the installation that permutes blind indexes while others read and write, in
 * phases that each process knows of before the next begins: the coming form is reserved beside what
 * is written; then it is written; then all that stands is brought to it; then the old key is
 * destroyed. May be cut off anywhere and taken up again, by several at once.
 */
@Singleton
final class IndexRotation {
  private static final Logger LOG = LoggerFactory.getLogger(IndexRotation.class);
  private static final int TRIES = 5;

  private final Scopes scopes;
  private final ScopeRows scopeRows;
  private final Keyring keyring;
  private final KeyStore store;
  private final VersionRows versions;
  private final BlindIndexes indexes;
  private final AllIndexRows rows;
  private final PlainRows plain;
  private final Compromise compromise;
  private final Burial burial;
  private final List<KeyLedger> ledgers;
  private final Runs runs;
  private final Grace grace;
  private final Flush flush;
  private final Clock clock;

  IndexRotation(
      Scopes scopes,
      ScopeRows scopeRows,
      Keyring keyring,
      KeyStore store,
      VersionRows versions,
      BlindIndexes indexes,
      AllIndexRows rows,
      PlainRows plain,
      Compromise compromise,
      Burial burial,
      List<KeyLedger> ledgers,
      Runs runs,
      Grace grace,
      Flush flush,
      Clock clock) {
    this.scopes = scopes;
    this.scopeRows = scopeRows;
    this.keyring = keyring;
    this.store = store;
    this.versions = versions;
    this.indexes = indexes;
    this.rows = rows;
    this.plain = plain;
    this.compromise = compromise;
    this.burial = burial;
    this.ledgers = List.copyOf(ledgers);
    this.runs = runs;
    this.grace = grace;
    this.flush = flush;
    this.clock = clock;
  }

  /** Gives the installation another key, and finishes the run. */
  Rotation rotate(RotationRow run, Progress progress) {
    ScopeRow scope = scope();
    int replaced = replace(scope, run) ? 1 : 0;
    return finish(scope, run, progress).plus(new Rotation(replaced, 0, 0, 0, 0));
  }

  /** Finishes what was kept, if there is something. */
  Rotation retire(RotationRow run, Progress progress) {
    return indexes
        .scope()
        .filter(it -> store.active(it.id()).isPresent() && !versions.replacedOf(it.id()).isEmpty())
        .map(it -> finish(it, run, progress))
        .orElse(Rotation.NOTHING);
  }

  private ScopeRow scope() {
    Scope scope = scopes.of(scopes.own(), Scope.Kind.PERMUTATION, Fingerprint.none());
    return scopeRows.findById(scope.id()).orElseThrow();
  }

  private boolean replace(ScopeRow scope, RotationRow run) {
    if (run.urgent()) {
      compromise.begun(scope, run.startedAt());
    }
    OptionalInt begun = store.begin(keyring.replacement(scope), run.startedAt());
    if (begun.isPresent()) {
      int key = begun.getAsInt();
      KeyDeed deed = new KeyDeed(KeyDeed.Act.REPLACED, scope.id(), scope.kind(), key, 0);
      ledgers.forEach(ledger -> ledger.record(deed));
      indexes.forget();
      outlive(versions.findByScopeIdAndKeyId(scope.id(), key).orElseThrow().createdAt());
      store.activate(scope.id(), key);
      flush.keys();
    }
    indexes.forget();
    return begun.isPresent();
  }

  private Rotation finish(ScopeRow scope, RotationRow run, Progress progress) {
    VersionRow active = store.active(scope.id()).orElseThrow();
    if (run.urgent()) {
      versions
          .replacedOf(scope.id())
          .forEach(it -> compromise.replaced(scope, it, run.startedAt()));
    }
    outlive(active.changedAt());
    Meter meter = runs.meter(run, progress);
    meter.expect(rows.sum((store, column) -> store.countOthers(column, active.keyId())));
    Moving moving = new Moving(keyring.permutation(active), active, meter);
    for (IndexColumn column : IndexColumn.values()) {
      moving.all(column);
    }
    meter.note();
    Rotation end = moving.rotation().plus(destroy(scope));
    indexes.forget();
    outlive(clock.instant());
    rows.clearGuards();
    runs.finish(run);
    return end;
  }

  /** Destroys the old keys that nothing in either database is under. */
  private Rotation destroy(ScopeRow scope) {
    Rotation sum = Rotation.NOTHING;
    for (VersionRow old : versions.replacedOf(scope.id())) {
      long left = rows.sum((store, column) -> store.countUnder(column, old.keyId()));
      if (left > 0) {
        LOG.warn("kept: index key {}, {} rows are under it", old.keyId(), left);
        sum = sum.plus(new Rotation(0, 0, 0, 1, 0));
      } else {
        long moved =
            versions.rewrapped(scope.id(), old.keyId()).stream().mapToLong(Long::longValue).sum();
        burial.ofCounted(scope, old.keyId(), moved);
        versions.destroy(scope.id(), old.keyId(), clock.instant());
        sum = sum.plus(new Rotation(0, 0, 1, 0, 0));
      }
    }
    if (plain.remain() && rows.sum(IndexRows::countPlain) == 0) {
      plain.end();
    }
    return sum;
  }

  /** Until no process can still be as it was at that time. */
  private void outlive(Instant time) {
    Duration rest = Duration.between(clock.instant(), time.plus(grace.time()));
    try {
      Thread.sleep(rest.isNegative() ? Duration.ZERO : rest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted; the next rotation goes on from here");
    }
  }

  /** Brings what stands to the active key. Of one thread. */
  private final class Moving {
    private final Permutation.Keyed to;
    private final VersionRow active;
    private final Meter meter;
    private long moved;
    private long unreadable;

    Moving(Permutation.Keyed to, VersionRow active, Meter meter) {
      this.to = to;
      this.active = active;
      this.meter = meter;
    }

    Rotation rotation() {
      return new Rotation(0, moved, 0, 0, unreadable);
    }

    void all(IndexColumn column) {
      IndexRows store = rows.of(column);
      IndexRows.RowId last = IndexRows.RowId.first(column);
      List<IndexRows.Row> page = store.others(column, to.id(), last);
      while (!page.isEmpty()) {
        refuseIfReplaced();
        List<IndexRows.Row> now = page;
        moved += meter.batch(() -> batch(column, now));
        page = store.others(column, to.id(), page.getLast().id());
      }
    }

    /** Another rotation brings everything to another key, and may destroy this one. */
    private void refuseIfReplaced() {
      if (store.active(active.scopeId()).filter(it -> it.keyId() == to.id()).isEmpty()) {
        throw new CancellationException("another rotation has begun with another index key");
      }
    }

    private int batch(IndexColumn column, List<IndexRows.Row> page) {
      List<IndexRows.Change> changes =
          page.stream().flatMap(it -> change(column, it).stream()).toList();
      int done;
      try {
        done = replace(column, changes, TRIES);
      } catch (DataAccessException one) {
        done = changes.stream().mapToInt(it -> alone(column, it)).sum();
      }
      count(page);
      return done;
    }

    private Optional<IndexRows.Change> change(IndexColumn column, IndexRows.Row row) {
      try {
        BlindIndex after = to.apply(indexes.fingerprint(row.index()));
        return Optional.of(new IndexRows.Change(row, after));
      } catch (IntegrityException e) {
        leave(column, row, String.valueOf(e.getMessage()));
        return Optional.empty();
      }
    }

    /** Two batches that wait for each other end one of them. */
    private int replace(IndexColumn column, List<IndexRows.Change> changes, int tries) {
      try {
        return rows.of(column).replace(column, changes);
      } catch (DataAccessException e) {
        if (tries == 1) {
          throw e;
        }
        return replace(column, changes, tries - 1);
      }
    }

    private int alone(IndexColumn column, IndexRows.Change change) {
      try {
        return rows.of(column).replace(column, List.of(change));
      } catch (DataAccessException e) {
        leave(column, change.row(), "integrity: its like stands under the new key already");
        return 0;
      }
    }

    private void leave(IndexColumn column, IndexRows.Row row, String why) {
      unreadable++;
      LOG.error("left as it is: {} of {} {}: {}", column.column(), column.table(), row.id(), why);
    }

    /** For the certificates of the keys under which they were. */
    private void count(List<IndexRows.Row> page) {
      for (VersionRow old : versions.replacedOf(active.scopeId())) {
        long under =
            page.stream()
                .filter(it -> it.index().keyId().orElse(~old.keyId()) == old.keyId())
                .count();
        if (under > 0) {
          versions.addRewrapped(old.scopeId(), old.keyId(), under);
        }
      }
    }
  }
}
