package dev.sotto.crypto;

import com.google.crypto.tink.PublicKeySign;
import java.security.GeneralSecurityException;

/** Signs with Ed25519, without a prefix, so that others than Tink can verify it. */
final class Signer {
  private final PublicKeySign key;
  private final byte[] publicKey;

  /** Takes the array over; the caller lets go of it. */
  Signer(PublicKeySign key, byte[] publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  byte[] sign(byte[] data) {
    try {
      return key.sign(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  /** The 32 bytes that verify what was signed. */
  byte[] publicKey() {
    return publicKey.clone();
  }
}
