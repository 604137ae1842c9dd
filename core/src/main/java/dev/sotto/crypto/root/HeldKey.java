package dev.sotto.crypto.root;

import java.security.GeneralSecurityException;

/** A root key that we hold in memory ourselves. */
record HeldKey(String id, String location, RawKey key) implements RootKey {

  @Override
  public byte[] wrap(byte[] plain, byte[] associatedData) {
    return key.seal(plain, associatedData);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) throws GeneralSecurityException {
    return key.open(wrapped, associatedData);
  }

  @Override
  public String toString() {
    return "HeldKey[" + id + "]";
  }
}
