package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.prf.Prf;
import dev.sotto.crypto.root.RootKey;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Makes, wraps and unwraps keys. Unwrapped ones stay in memory for {@link #LIFE} at most, 10,000 of
 * a kind; who asks for a key that is just being unwrapped waits for it instead of unwrapping again.
 */
@Singleton
final class Keyring {
  /** How long a key may be used in a process after it was replaced or erased elsewhere. */
  static final Duration LIFE = Duration.ofSeconds(60);

  /** What the key of a permutation is derived for. */
  private static final byte[] PERMUTATION = "blind index, AES-256".getBytes(US_ASCII);

  private final Installation installation;
  private final ScopeRows scopes;
  private final VersionRows versions;
  private final TombstoneRows tombstones;
  private final Binding binding;
  private final Tink tink;
  private final Clock clock;
  private final Known<Name, Aead> wrappers;
  private final Known<Name, Aead> keys;
  private final Known<UUID, Aead> actives;
  private final Known<UUID, Prf> indexes;

  private record Name(UUID scope, int key) {}

  Keyring(
      Installation installation,
      ScopeRows scopes,
      VersionRows versions,
      TombstoneRows tombstones,
      Binding binding,
      Tink tink,
      Clock clock,
      Caches caches) {
    this.installation = installation;
    this.scopes = scopes;
    this.versions = versions;
    this.tombstones = tombstones;
    this.binding = binding;
    this.tink = tink;
    this.clock = clock;
    this.wrappers = caches.known();
    this.keys = caches.known();
    this.actives = caches.known();
    this.indexes = caches.known();
  }

  /** The key that seals for a scope now. */
  Aead active(UUID scope) {
    return actives.get(scope, id -> key(id, activeVersion(id).keyId()));
  }

  /**
   * A key by its name.
   *
   * @throws IntegrityException there is none, or it does not verify
   * @throws ErasedException it was destroyed with its scope
   */
  Aead key(UUID scope, int key) {
    return keys.get(new Name(scope, key), this::unwrapped);
  }

  Prf index(UUID scope) {
    return indexes.get(
        scope,
        id -> {
          VersionRow version = activeVersion(id);
          try {
            return tink.prf(secret(version, this::wrapper));
          } catch (GeneralSecurityException e) {
            throw broken(version);
          }
        });
  }

  /**
   * How a key permutes blind indexes. Asked for while other keys are unwrapped, and so past what is
   * remembered of them.
   */
  Permutation.Keyed permutation(VersionRow version) {
    try {
      Prf prf = tink.prf(secret(version, this::unwrapped));
      return new Permutation.Keyed(
          version.keyId(), prf.compute(PERMUTATION, Permutation.Keyed.SIZE));
    } catch (GeneralSecurityException e) {
      throw broken(version);
    }
  }

  /** The key that signs for a scope; not kept in memory. */
  Signer signer(UUID scope) {
    VersionRow version = activeVersion(scope);
    try {
      return tink.signer(unwrap(version, this::wrapper));
    } catch (GeneralSecurityException e) {
      throw broken(version);
    }
  }

  /**
   * A new key for a scope, wrapped: by the root that of a workspace, by its workspace's any other.
   */
  VersionRow make(ScopeRow scope) {
    return make(scope, scope.kind().introduced() ? KeyState.PRE_ACTIVE : KeyState.ACTIVE);
  }

  /** A new key for a scope that has one, wrapped, and not in use yet. */
  VersionRow replacement(ScopeRow scope) {
    return make(scope, KeyState.PRE_ACTIVE);
  }

  private VersionRow make(ScopeRow scope, KeyState state) {
    KeysetHandle key = tink.make(scope.kind());
    int id = key.getPrimary().getId();
    byte[] secret = tink.secret(scope.kind(), key);
    byte[] place = binding.ofKey(installation.id(), scope, id);
    Boolean active = state == KeyState.ACTIVE ? true : null;
    Instant now = clock.instant();
    if (scope.kind() == Scope.Kind.WORKSPACE) {
      RootKey root = installation.root();
      Ciphertext wrapped = new Ciphertext(root.wrap(secret, place));
      return new VersionRow(
          scope.id(), id, state, active, wrapped, null, null, root.id(), now, now);
    }
    VersionRow parent = activeVersion(scope.parentId());
    Ciphertext wrapped = wrap(parent, secret, place);
    return new VersionRow(
        scope.id(), id, state, active, wrapped, parent.scopeId(), parent.keyId(), null, now, now);
  }

  /** Lets go of what seals for a scope: it has a new active key. */
  void forget(UUID scope) {
    actives.forget(scope);
  }

  /** Lets go of a key that was destroyed. */
  void forget(UUID scope, int key) {
    keys.forget(new Name(scope, key));
  }

  /** Lets go of all keys: some were destroyed. From what others are made of to what seals. */
  void forgetAll() {
    wrappers.forgetAll();
    keys.forgetAll();
    actives.forgetAll();
    indexes.forgetAll();
  }

  private Ciphertext wrap(VersionRow parent, byte[] secret, byte[] place) {
    try {
      return new Ciphertext(
          wrapper(new Name(parent.scopeId(), parent.keyId())).encrypt(secret, place));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key could not be wrapped", e);
    }
  }

  private Aead wrapper(Name name) {
    return wrappers.get(name, this::unwrapped);
  }

  private Aead unwrapped(Name name) {
    VersionRow version = version(name);
    try {
      return tink.aead(secret(version, this::wrapper));
    } catch (GeneralSecurityException e) {
      throw broken(version);
    }
  }

  private VersionRow version(Name name) {
    return versions
        .findByScopeIdAndKeyId(name.scope(), name.key())
        .orElseThrow(() -> absent(name.scope()));
  }

  /**
   * The key itself, unless it is a destroyed one come back: either tombstone refuses it. Looks
   * twice, as it may have been wrapped by another while we looked.
   */
  private byte[] secret(VersionRow version, Function<Name, Aead> wrappers)
      throws GeneralSecurityException {
    if (tombstones.count(version.scopeId(), version.keyId()) > 0) {
      throw destroyed(version);
    }
    try {
      return unwrap(version, wrappers);
    } catch (GeneralSecurityException | IntegrityException e) {
      VersionRow now = version(new Name(version.scopeId(), version.keyId()));
      if (Objects.equals(now.wrapped(), version.wrapped())) {
        throw e;
      }
      return unwrap(now, wrappers);
    }
  }

  /** The same key, wrapped by another version of its workspace's. */
  Ciphertext rewrap(VersionRow version, VersionRow wrapper) throws GeneralSecurityException {
    ScopeRow scope = scopes.findById(version.scopeId()).orElseThrow();
    byte[] place = binding.ofKey(installation.id(), scope, version.keyId());
    return wrap(wrapper, unwrap(version, this::wrapper), place);
  }

  private byte[] unwrap(VersionRow version, Function<Name, Aead> wrappers)
      throws GeneralSecurityException {
    ScopeRow scope = scopes.findById(version.scopeId()).orElseThrow();
    Ciphertext wrapped = version.wrapped();
    if (scope.erasedAt() != null) {
      throw new ErasedException(scope.id());
    }
    if (wrapped == null) {
      throw destroyed(version);
    }
    byte[] place = binding.ofKey(installation.id(), scope, version.keyId());
    if (scope.kind() == Scope.Kind.WORKSPACE) {
      return installation.root().unwrap(wrapped.bytes(), place);
    }
    Integer parentKey = version.parentKeyId();
    if (parentKey == null) {
      throw broken(version);
    }
    return wrappers.apply(new Name(scope.parentId(), parentKey)).decrypt(wrapped.bytes(), place);
  }

  private VersionRow activeVersion(UUID scope) {
    return versions.findByScopeIdAndState(scope, KeyState.ACTIVE).stream()
        .findFirst()
        .orElseThrow(() -> absent(scope));
  }

  private RuntimeException absent(UUID scope) {
    Optional<ScopeRow> row = scopes.findById(scope);
    return row.isPresent() && row.get().erasedAt() != null
        ? new ErasedException(scope)
        : new IntegrityException("integrity: scope " + scope + " lacks a key");
  }

  private static IntegrityException destroyed(VersionRow version) {
    return new IntegrityException(
        "integrity: key "
            + version.keyId()
            + " of scope "
            + version.scopeId()
            + " was destroyed, and yet something is under it");
  }

  private static IntegrityException broken(VersionRow version) {
    return new IntegrityException(
        "integrity: key "
            + version.keyId()
            + " of scope "
            + version.scopeId()
            + " does not verify");
  }
}
