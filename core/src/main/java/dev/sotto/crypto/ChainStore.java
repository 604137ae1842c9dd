package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Keeps the first key of a segment, in a transaction of its own. */
@Singleton
@Transactional(value = "keys", propagation = REQUIRES_NEW)
class ChainStore {
  private final ChainKeyRows rows;
  private final Clock clock;

  ChainStore(ChainKeyRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** In the place of one that was kept for a segment that never began. */
  void keep(int segment, String rootId, Ciphertext wrapped) {
    rows.delete(segment);
    rows.add(new ChainKeyRow(segment, rootId, wrapped, clock.instant()));
  }
}
