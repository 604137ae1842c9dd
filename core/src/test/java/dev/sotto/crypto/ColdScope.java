package dev.sotto.crypto;

import io.micronaut.context.BeanContext;

/** A scope whose key a process does not have at hand: for the benchmark of sealing. */
public final class ColdScope {
  private final Keyring keyring;
  private final VersionRows versions;
  private final TombstoneRows tombstones;
  private final ScopeRows scopes;
  private final Scope scope;
  private final int key;

  /** The scope and the key that a value was sealed for. */
  public ColdScope(BeanContext context, Scope scope, Ciphertext sealed) {
    this.keyring = context.getBean(Keyring.class);
    this.versions = context.getBean(VersionRows.class);
    this.tombstones = context.getBean(TombstoneRows.class);
    this.scopes = context.getBean(ScopeRows.class);
    this.scope = scope;
    this.key = sealed.keyId();
  }

  /** Lets go of the key; that of its workspace stays. */
  public void forget() {
    keyring.forget(scope.id(), key);
  }

  /** What is read before the key can be unwrapped; how many rows it was. */
  public long read() {
    return versions.findByScopeIdAndKeyId(scope.id(), key).stream().count()
        + tombstones.count(scope.id(), key)
        + scopes.findById(scope.id()).stream().count();
  }
}
