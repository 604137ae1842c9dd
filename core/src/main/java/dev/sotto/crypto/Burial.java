package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/**
 * Takes a key's name out of the data database and puts up its tombstone, in one transaction. The
 * certificate is written after the proof and before the end, so that there is none without the
 * other.
 */
@Singleton
@Transactional(propagation = REQUIRES_NEW)
class Burial {
  private final TombstoneRows tombstones;
  private final List<KeyLedger> ledgers;
  private final Clock clock;

  Burial(TombstoneRows tombstones, List<KeyLedger> ledgers, Clock clock) {
    this.tombstones = tombstones;
    this.ledgers = ledgers;
    this.clock = clock;
  }

  /**
   * Buries a key that sealed rows; does nothing where it is buried already.
   *
   * @throws io.micronaut.data.exceptions.DataAccessException a row names it
   */
  void ofRows(ScopeRow scope, int key) {
    if (tombstones.add(scope.id(), key, clock.instant()) == 1) {
      long rows = tombstones.resealed(scope.id(), key).stream().mapToLong(Long::longValue).sum();
      tombstones.deleteShadow(scope.id(), key);
      certify(scope, key, rows);
    }
  }

  /** Buries a key that wrapped others, or that indexes were under, and is proved to be unused. */
  void ofCounted(ScopeRow scope, int key, long renewed) {
    if (tombstones.add(scope.id(), key, clock.instant()) == 1) {
      certify(scope, key, renewed);
    }
  }

  private void certify(ScopeRow scope, int key, long rows) {
    KeyDeed deed = new KeyDeed(KeyDeed.Act.DESTROYED, scope.id(), scope.kind(), key, rows);
    ledgers.forEach(ledger -> ledger.record(deed));
  }
}
