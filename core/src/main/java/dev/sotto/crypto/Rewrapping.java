package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps the keys of a workspace again, from its replaced key to its active one: compare-and-set on
 * the wrapped bytes. Rows are not touched.
 */
@Singleton
final class Rewrapping implements Renewal {
  private static final Logger LOG = LoggerFactory.getLogger(Rewrapping.class);
  private static final int PAGE = 200;

  private final Keyring keyring;
  private final KeyStore store;
  private final VersionRows versions;
  private final Burial burial;

  private record Name(UUID scope, int key) {}

  Rewrapping(Keyring keyring, KeyStore store, VersionRows versions, Burial burial) {
    this.keyring = keyring;
    this.store = store;
    this.versions = versions;
    this.burial = burial;
  }

  @Override
  public long pending(List<UUID> scopes) {
    return scopes.stream()
        .flatMap(scope -> versions.replacedOf(scope).stream())
        .mapToLong(old -> versions.countWrappedBy(old.scopeId(), old.keyId()))
        .sum();
  }

  @Override
  public Rotation renew(ScopeRow scope, VersionRow old, Meter meter) {
    VersionRow wrapper = store.active(scope.id()).orElseThrow();
    Set<Name> unreadable = new HashSet<>();
    long keys = 0;
    while (true) {
      int limit = PAGE + unreadable.size();
      List<VersionRow> page = new ArrayList<>(versions.wrappedBy(scope.id(), old.keyId(), limit));
      page.removeIf(key -> unreadable.contains(name(key)));
      if (page.isEmpty()) {
        return new Rotation(0, keys, 0, 0, unreadable.size());
      }
      keys +=
          meter.batch(() -> store.rewrap(old, wrapper.keyId(), changes(page, wrapper, unreadable)));
    }
  }

  @Override
  public void destroy(ScopeRow scope, VersionRow old) {
    store.destroyWrapper(old, keys -> burial.ofCounted(scope, old.keyId(), keys));
    keyring.forget(old.scopeId(), old.keyId());
  }

  private List<KeyStore.Rewrap> changes(
      List<VersionRow> keys, VersionRow wrapper, Set<Name> unreadable) {
    List<KeyStore.Rewrap> changes = new ArrayList<>(keys.size());
    for (VersionRow key : keys) {
      try {
        changes.add(new KeyStore.Rewrap(key, keyring.rewrap(key, wrapper)));
      } catch (GeneralSecurityException | IntegrityException | ErasedException e) {
        LOG.error("left as it is: key {} of scope {}", key.keyId(), key.scopeId());
        unreadable.add(name(key));
      }
    }
    return changes;
  }

  private static Name name(VersionRow key) {
    return new Name(key.scopeId(), key.keyId());
  }
}
