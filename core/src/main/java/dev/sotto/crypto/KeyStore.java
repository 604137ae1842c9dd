package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.LongConsumer;

/** The steps of the key store that are one transaction each. */
@Singleton
@Transactional(value = "keys", propagation = REQUIRES_NEW)
class KeyStore {
  private final ScopeRows scopes;
  private final VersionRows versions;
  private final KeyGuardRows guard;
  private final Clock clock;

  KeyStore(ScopeRows scopes, VersionRows versions, KeyGuardRows guard, Clock clock) {
    this.scopes = scopes;
    this.versions = versions;
    this.guard = guard;
    this.clock = clock;
  }

  /** A key, wrapped by another version of its workspace's than before. */
  record Rewrap(VersionRow before, Ciphertext after) {}

  /**
   * Keeps a scope with its first key; false, and nothing kept, where another was faster.
   *
   * @throws ErasedException its workspace was erased
   */
  boolean add(ScopeRow scope, VersionRow first, BlindIndexes.Forms owner) {
    List<BlindIndex> reserved = IndexGuard.reserved(owner);
    guard.hold(reserved);
    if (!reserved.isEmpty()
        && !scopes.find(scope.parentId(), scope.kind(), owner.all()).isEmpty()) {
      return false;
    }
    scopes.add(scope); // What it returns for an entity says nothing of a conflict.
    return scopes.findById(scope.id()).isPresent() && add(first) == 1;
  }

  /**
   * Keeps a new version of a scope, or finds the one that another has begun. Empty where the active
   * one was put to use at that time or later, and in an erased scope: there is nothing to replace.
   */
  OptionalInt begin(VersionRow fresh, Instant before) {
    if (scopes.lock(fresh.scopeId()).isEmpty()) {
      return OptionalInt.empty();
    }
    List<VersionRow> begun = of(fresh.scopeId(), KeyState.PRE_ACTIVE);
    if (!begun.isEmpty()) {
      return OptionalInt.of(begun.getFirst().keyId());
    }
    if (current(fresh.scopeId()).filter(it -> !it.changedAt().isBefore(before)).isPresent()) {
      return OptionalInt.empty();
    }
    add(fresh);
    return OptionalInt.of(fresh.keyId());
  }

  /**
   * Makes a version the active one of its scope, and the one before it decrypt-only.
   *
   * @throws ErasedException the scope was erased
   */
  VersionRow activate(UUID scope, int key) {
    hold(scope);
    KeyState state = versions.findByScopeIdAndKeyId(scope, key).orElseThrow().state();
    if (state.mayBecome(KeyState.ACTIVE)) {
      Instant now = clock.instant();
      versions.retireOthers(scope, key, now);
      versions.activate(scope, key, now);
    }
    return current(scope)
        .orElseThrow(() -> new IllegalStateException("a key that is " + state + " cannot seal"));
  }

  /** Until the end of the transaction nobody erases it. */
  private void hold(UUID scope) {
    if (scopes.lock(scope).isEmpty()) {
      throw new ErasedException(scope);
    }
  }

  Optional<VersionRow> active(UUID scope) {
    return current(scope);
  }

  /** Exchanges keys for the same, wrapped by another; the number where the old still stood. */
  int rewrap(VersionRow old, int wrapper, List<Rewrap> changes) {
    int changed = 0;
    for (Rewrap change : changes) {
      VersionRow key = change.before();
      Ciphertext wrapped = key.wrapped();
      if (wrapped != null) {
        changed += versions.rewrap(key.scopeId(), key.keyId(), wrapped, change.after(), wrapper);
      }
    }
    versions.addRewrapped(old.scopeId(), old.keyId(), changed);
    return changed;
  }

  /**
   * Destroys a workspace's replaced key; the burial is told how many keys were wrapped again when
   * the foreign key has proved that it wraps none any more.
   *
   * @throws io.micronaut.data.exceptions.DataAccessException it wraps another
   */
  void destroyWrapper(VersionRow old, LongConsumer burial) {
    UUID scope = old.scopeId();
    scopes.lock(scope);
    long rewrapped =
        versions.rewrapped(scope, old.keyId()).stream().mapToLong(Long::longValue).sum();
    versions.releaseTombstones(scope, old.keyId());
    if (versions.deleteReplaced(scope, old.keyId()) == 1) {
      burial.accept(rewrapped);
      versions.addTombstone(scope, old.keyId(), old.state(), old.createdAt(), clock.instant());
    }
  }

  /** A wrapper is held until the end, so that it is not destroyed before what it wraps is kept. */
  private int add(VersionRow version) {
    UUID parent = version.parentId();
    Integer wrapper = version.parentKeyId();
    if (parent != null && wrapper != null) {
      hold(parent);
      boolean wraps =
          versions
              .findByScopeIdAndKeyId(parent, wrapper)
              .filter(it -> it.wrapped() != null)
              .isPresent();
      if (!wraps) {
        throw new IllegalStateException("its wrapper was replaced meanwhile");
      }
    }
    return versions.add(version);
  }

  /** Within the transaction of the caller, as a call of a public method would not be. */
  private Optional<VersionRow> current(UUID scope) {
    return of(scope, KeyState.ACTIVE).stream().findFirst();
  }

  private List<VersionRow> of(UUID scope, KeyState state) {
    return versions.findByScopeIdAndState(scope, state);
  }
}
