package dev.sotto.crypto;

import dev.sotto.database.Flush;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Brings a key version into use, in steps that may be cut off anywhere and taken up again: kept in
 * the key store, then named in the data database, then active. A version that seals is always one
 * that both databases know, and that is on the disk.
 */
@Singleton
final class Introduction {
  private final Keyring keyring;
  private final KeyStore store;
  private final ShadowRows shadows;
  private final List<KeyLedger> ledgers;
  private final Flush flush;

  Introduction(
      Keyring keyring, KeyStore store, ShadowRows shadows, List<KeyLedger> ledgers, Flush flush) {
    this.keyring = keyring;
    this.store = store;
    this.shadows = shadows;
    this.ledgers = ledgers;
    this.flush = flush;
  }

  /**
   * Takes up what was begun, or begins: afterwards the scope has an active key, its first.
   *
   * @throws ErasedException the scope was erased
   */
  void first(ScopeRow scope) {
    OptionalInt begun = store.begin(keyring.replacement(scope), Instant.MIN);
    if (begun.isPresent()) {
      use(scope, begun.getAsInt());
    } else if (store.active(scope.id()).isEmpty()) {
      throw new ErasedException(scope.id());
    }
  }

  /**
   * Gives a scope another active key, unless it has one that was put to use at that time or later,
   * or was erased.
   */
  boolean replace(ScopeRow scope, Instant before) {
    OptionalInt begun = store.begin(keyring.replacement(scope), before);
    if (begun.isEmpty()) {
      return false;
    }
    int key = begun.getAsInt();
    KeyDeed deed = new KeyDeed(KeyDeed.Act.REPLACED, scope.id(), scope.kind(), key, 0);
    ledgers.forEach(ledger -> ledger.record(deed));
    try {
      use(scope, key);
      return true;
    } catch (ErasedException justNow) {
      return false;
    }
  }

  /** Mends what a crash has left half known, in both databases and here. */
  void settle(ScopeRow scope) {
    Optional<VersionRow> active = store.active(scope.id());
    if (active.isEmpty()) {
      replace(scope, Instant.MIN);
    } else if (scope.kind().seals()) {
      shadows.activate(scope.id(), active.get().keyId());
    }
    keyring.forget(scope.id());
  }

  private void use(ScopeRow scope, int key) {
    if (scope.kind().seals()) {
      shadows.add(new ShadowRow(scope.id(), key, KeyState.PRE_ACTIVE));
    }
    VersionRow active = store.activate(scope.id(), key);
    flush.keys();
    if (scope.kind().seals()) {
      shadows.activate(scope.id(), active.keyId());
    }
    keyring.forget(scope.id());
  }
}
