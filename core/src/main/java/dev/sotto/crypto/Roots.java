package dev.sotto.crypto;

import dev.sotto.crypto.root.RootKey;
import dev.sotto.crypto.root.RootKeyUnreachableException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The root key that wraps, and while it is new the one before it, which may have wrapped what is to
 * be opened. Does not change: hold on to it from wrapping until the name of the key is stored.
 *
 * @param before the one that it takes over from
 */
record Roots(Named now, Optional<Named> before) implements RootKey {

  /** A root key under the name by which the key store knows it. */
  record Named(String id, RootKey key) {}

  @Override
  public String id() {
    return now.id();
  }

  @Override
  public String location() {
    return now.key().location();
  }

  @Override
  public Optional<URI> service() {
    return now.key().service();
  }

  @Override
  public byte[] wrap(byte[] plain, byte[] associatedData) {
    return now.key().wrap(plain, associatedData);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) throws GeneralSecurityException {
    Optional<RootKeyUnreachableException> unreachable = Optional.empty();
    Optional<GeneralSecurityException> refused = Optional.empty();
    for (RootKey key : keys()) {
      try {
        return key.unwrap(wrapped, associatedData);
      } catch (RootKeyUnreachableException e) {
        unreachable = Optional.of(e);
      } catch (GeneralSecurityException e) {
        refused = Optional.of(e);
      }
    }
    if (unreachable.isPresent()) {
      throw unreachable.get();
    }
    throw refused.orElseThrow();
  }

  /** The same keys, the older first: what is to be opened is likely to be under that. */
  Roots reversed() {
    return before.map(it -> new Roots(it, Optional.of(now))).orElse(this);
  }

  List<RootKey> keys() {
    return Stream.concat(Stream.of(now), before.stream()).map(Named::key).toList();
  }
}
