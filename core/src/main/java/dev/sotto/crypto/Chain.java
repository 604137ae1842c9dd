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
  private static final byte NO_SOURCE = 0;
  private static final byte SOURCE = 1;
  private static final byte UNKNOWN_SOURCE = 2;

  private final byte[] secret;
  private final BlindIndexes indexes;
  private final Mac mac;

  Chain(byte[] secret, BlindIndexes indexes) {
    this.indexes = indexes;
    this.secret = secret;
    try {
      this.mac = Mac.getInstance(KIND);
      mac.init(new SecretKeySpec(secret, KIND));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks HMAC-SHA256", e);
    }
  }

  static Chain fresh(SecureRandom random, BlindIndexes indexes) {
    byte[] secret = new byte[SIZE];
    random.nextBytes(secret);
    return new Chain(secret, indexes);
  }

  /**
   * The link of an item that follows another.
   *
   * @param item of a width that its kind fixes, the kind being its first byte
   * @param source a blind index that belongs to the item; the link is of the fingerprint, so that
   *     index keys may change
   */
  public ChainLink link(ChainLink before, byte[] item, @Nullable BlindIndex source) {
    ByteBuffer text = ByteBuffer.allocate(2 + ChainLink.SIZE + Fingerprint.SIZE + item.length);
    put(text.put(MARK).put(before.bytes()), source).put(item);
    return new ChainLink(Arrays.copyOf(mac.doFinal(text.array()), ChainLink.SIZE));
  }

  /** What is under no key that there is makes a link that no row has. */
  private ByteBuffer put(ByteBuffer text, @Nullable BlindIndex source) {
    if (source == null) {
      return text.put(NO_SOURCE).put(new byte[Fingerprint.SIZE]);
    }
    try {
      byte[] fingerprint = indexes.fingerprint(source).bytes();
      return text.put(SOURCE).put(fingerprint);
    } catch (IntegrityException e) {
      return text.put(UNKNOWN_SOURCE).put(new byte[Fingerprint.SIZE]);
    }
  }

  byte[] secret() {
    return secret;
  }
}
