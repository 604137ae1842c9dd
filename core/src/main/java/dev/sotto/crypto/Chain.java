package dev.sotto.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Links the rows of one conversation by HMAC-SHA256 under a secret of their own, cut to 16 bytes:
 * without it no link can be made, and a link fits one row behind one other. Not thread-safe.
 */
public final class Chain {
  static final int SIZE = 32;
  private static final String KIND = "HmacSHA256";
  private static final byte MARK = 0x4C; // "L"

  private final byte[] secret;
  private final Mac mac;

  Chain(byte[] secret) {
    this.secret = secret;
    try {
      this.mac = Mac.getInstance(KIND);
      mac.init(new SecretKeySpec(secret, KIND));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks HMAC-SHA256", e);
    }
  }

  static Chain fresh(SecureRandom random) {
    byte[] secret = new byte[SIZE];
    random.nextBytes(secret);
    return new Chain(secret);
  }

  /**
   * The link of an item that follows another.
   *
   * @param item of a width that its kind fixes, the kind being its first byte
   * @param source a fingerprint that belongs to the item
   */
  public Fingerprint link(Fingerprint before, byte[] item, @Nullable Fingerprint source) {
    byte[] of = source == null ? new byte[Fingerprint.SIZE] : source.bytes();
    ByteBuffer text = ByteBuffer.allocate(2 + 2 * Fingerprint.SIZE + item.length);
    text.put(MARK).put(before.bytes()).put((byte) (source == null ? 0 : 1)).put(of).put(item);
    return new Fingerprint(Arrays.copyOf(mac.doFinal(text.array()), Fingerprint.SIZE));
  }

  byte[] secret() {
    return secret;
  }
}
