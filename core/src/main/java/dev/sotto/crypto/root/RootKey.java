package dev.sotto.crypto.root;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * The key outside of our storage that wraps the key of each workspace. It never leaves its place:
 * others hand it what is to be wrapped. Thread-safe.
 */
public interface RootKey {

  /** A name of the key itself, the same after every start; not secret, at most 250 characters. */
  String id();

  /** Where an operator finds it, such as {@code file:~/.config/sotto/root.key}. */
  String location();

  /** The service that keeps it, if one does. */
  default Optional<URI> service() {
    return Optional.empty();
  }

  /**
   * Seals a key, bound to its place.
   *
   * @throws RootKeyUnreachableException the key cannot be reached now
   */
  byte[] wrap(byte[] plain, byte[] associatedData);

  /**
   * Opens what was wrapped by this key for this place.
   *
   * @throws GeneralSecurityException it was not
   * @throws RootKeyUnreachableException the key cannot be reached now
   */
  byte[] unwrap(byte[] wrapped, byte[] associatedData) throws GeneralSecurityException;
}
