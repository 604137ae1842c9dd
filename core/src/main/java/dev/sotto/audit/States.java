package dev.sotto.audit;

import dev.sotto.crypto.ChainKeys;
import dev.sotto.crypto.ChainState;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.Field;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Where the log stands: one sealed row, held by whoever appends. In the caller's transaction. */
@Singleton
class States {
  private final StateRows rows;
  private final ChainKeys keys;
  private final Scribe scribe;

  States(StateRows rows, ChainKeys keys, Scribe scribe) {
    this.rows = rows;
    this.keys = keys;
    this.scribe = scribe;
  }

  /** Holds the row until the end of the transaction. */
  StateRow lock() {
    return rows.lock().orElseThrow(() -> new AuditException("has lost the row of where it stands"));
  }

  /** Empty before the first entry. */
  Optional<ChainState> open(StateRow row) {
    return Optional.ofNullable(row.body())
        .map(it -> keys.open(scribe.cell(Field.AUDIT_STATE, row.id(), row.rowVersion()), it));
  }

  void put(StateRow row, ChainState state) {
    int version = row.rowVersion() + 1;
    Ciphertext body = keys.seal(scribe.cell(Field.AUDIT_STATE, row.id(), version), state);
    rows.put(row.id(), scribe.owner(), body.keyId(), version, body);
  }
}
