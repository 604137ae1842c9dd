package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.util.List;

/**
 * Brings a key version into use, in steps that may be cut off anywhere and taken up again: kept in
 * the key store, then named in the data database, then active. A version that seals is always one
 * that both databases know.
 */
@Singleton
final class Introduction {
  private final Keyring keyring;
  private final KeyStore store;
  private final VersionRows versions;
  private final ShadowRows shadows;

  Introduction(Keyring keyring, KeyStore store, VersionRows versions, ShadowRows shadows) {
    this.keyring = keyring;
    this.store = store;
    this.versions = versions;
    this.shadows = shadows;
  }

  /** Takes up what was begun, or begins: afterwards the scope has a new active key. */
  void complete(ScopeRow scope) {
    List<VersionRow> begun = versions.findByScopeIdAndState(scope.id(), KeyState.PRE_ACTIVE);
    int key = begun.isEmpty() ? begin(scope) : begun.getFirst().keyId();
    shadows.add(new ShadowRow(scope.id(), key, KeyState.PRE_ACTIVE));
    store.activate(scope.id(), key);
    shadows.activate(scope.id(), key);
    keyring.forget(scope.id());
  }

  private int begin(ScopeRow scope) {
    VersionRow version = keyring.make(scope);
    store.add(version);
    return version.keyId();
  }
}
