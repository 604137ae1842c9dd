package dev.sotto.crypto;

import java.security.GeneralSecurityException;

/**
 * The key outside of our storage that wraps the key of each workspace. It never leaves its place:
 * others hand it what is to be wrapped.
 */
public interface RootKey {

  /**
   * A name of the key itself, the same wherever it is moved; not secret, at most 100 characters.
   */
  String id();

  /** Where an operator finds it, such as {@code file:~/.config/sotto/root.key}. */
  String location();

  /** Seals a key, bound to its place. */
  byte[] wrap(byte[] plain, byte[] associatedData);

  /**
   * Opens what was wrapped by this key for this place.
   *
   * @throws GeneralSecurityException it was not
   * @throws RootKeyException the key cannot be reached
   */
  byte[] unwrap(byte[] wrapped, byte[] associatedData) throws GeneralSecurityException;
}
