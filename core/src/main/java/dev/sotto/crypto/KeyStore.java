package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The steps of the key store that are one transaction each. */
@Singleton
@Transactional(value = "keys", propagation = REQUIRES_NEW)
class KeyStore {
  private final ScopeRows scopes;
  private final VersionRows versions;
  private final Clock clock;

  KeyStore(ScopeRows scopes, VersionRows versions, Clock clock) {
    this.scopes = scopes;
    this.versions = versions;
    this.clock = clock;
  }

  /**
   * Keeps a scope with its first key; false, and nothing kept, where another was faster.
   *
   * @throws ErasedException its workspace was erased
   */
  boolean add(ScopeRow scope, VersionRow first) {
    if (scope.kind() != Scope.Kind.WORKSPACE) {
      hold(scope.parentId());
    }
    return scopes.add(scope) == 1 && versions.add(first) == 1;
  }

  /**
   * Keeps a further key of a scope.
   *
   * @throws ErasedException the scope was erased
   */
  void add(VersionRow version) {
    hold(version.scopeId());
    versions.add(version);
  }

  /**
   * Makes a version the active one of its scope, and the one before it decrypt-only.
   *
   * @throws ErasedException the scope was erased
   */
  void activate(UUID scope, int key) {
    hold(scope);
    KeyState state = versions.findByScopeIdAndKeyId(scope, key).orElseThrow().state();
    if (state == KeyState.ACTIVE) {
      return;
    }
    if (!state.mayBecome(KeyState.ACTIVE)) {
      throw new IllegalStateException("a key that is " + state + " cannot become active");
    }
    Instant now = clock.instant();
    versions.retireOthers(scope, key, now);
    versions.activate(scope, key, now);
  }

  /** Until the end of the transaction nobody erases it. */
  private void hold(UUID scope) {
    if (scopes.lock(scope).isEmpty()) {
      throw new ErasedException(scope);
    }
  }

  Optional<VersionRow> active(UUID scope) {
    return versions.findByScopeIdAndState(scope, KeyState.ACTIVE).stream().findFirst();
  }
}
