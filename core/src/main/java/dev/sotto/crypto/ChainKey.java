package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one link of a chain. The next one is made from it and none before it can be (forward
 * security): who has this key can write what comes, and change nothing that stands.
 */
public final class ChainKey {
  static final int SIZE = 32;
  private static final String HMAC = "HmacSHA256";
  private static final byte LINK = 1;
  private static final byte[] NEXT = "\2dev.sotto chain: next key".getBytes(US_ASCII);

  private final byte[] secret;

  /** Takes the array over; the caller lets go of it. */
  ChainKey(byte[] secret) {
    this.secret = secret;
  }

  static ChainKey random() {
    byte[] secret = new byte[SIZE];
    new SecureRandom().nextBytes(secret);
    return new ChainKey(secret);
  }

  /** The MAC of what a link says, and of all links before it. */
  public ChainMac mac(byte[] link, ChainMac before) {
    ByteBuffer bytes = ByteBuffer.allocate(1 + Integer.BYTES + link.length + ChainMac.SIZE);
    return new ChainMac(
        hmac(bytes.put(LINK).putInt(link.length).put(link).put(before.bytes()).array()));
  }

  /** The key of the link after this one. */
  public ChainKey next() {
    return new ChainKey(hmac(NEXT));
  }

  byte[] secret() {
    return secret;
  }

  private byte[] hmac(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks HMAC-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return "ChainKey";
  }
}
