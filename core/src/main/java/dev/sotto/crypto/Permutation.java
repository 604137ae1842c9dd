package dev.sotto.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * How fingerprints stand in tables, and how they are told from that: one for each. A fingerprint is
 * pseudo-random and never the same for two, so one block of AES for each tells no more than it
 * does; and as it can be undone, rows come under another key without what they were made of.
 */
sealed interface Permutation {

  BlindIndex apply(Fingerprint fingerprint);

  /**
   * Undoes it.
   *
   * @throws IntegrityException it was not made by this one
   */
  Fingerprint undo(BlindIndex index);

  /** As all stood before there was a key. */
  record Plain() implements Permutation {
    @Override
    public BlindIndex apply(Fingerprint fingerprint) {
      return new BlindIndex(fingerprint.bytes().clone());
    }

    @Override
    public Fingerprint undo(BlindIndex index) {
      if (!index.plain()) {
        throw new IntegrityException("integrity: a blind index is not as long as any");
      }
      return new Fingerprint(index.bytes().clone());
    }
  }

  /** Under a key. */
  final class Keyed implements Permutation {
    static final int SIZE = 32;

    private final int id;
    private final SecretKey key;

    Keyed(int id, byte[] key) {
      this.id = id;
      this.key = new SecretKeySpec(key, "AES");
    }

    int id() {
      return id;
    }

    @Override
    public BlindIndex apply(Fingerprint fingerprint) {
      byte[] block = block(Cipher.ENCRYPT_MODE, fingerprint.bytes());
      return new BlindIndex(ByteBuffer.allocate(BlindIndex.PERMUTED).putInt(id).put(block).array());
    }

    @Override
    public Fingerprint undo(BlindIndex index) {
      if (index.keyId().orElse(~id) != id) {
        throw new IntegrityException("integrity: a blind index is not under key " + id);
      }
      byte[] bytes = index.bytes();
      byte[] block = Arrays.copyOfRange(bytes, BlindIndex.PREFIX, bytes.length);
      return new Fingerprint(block(Cipher.DECRYPT_MODE, block));
    }

    /** One block: what a mode would add is for longer texts, or for texts that are alike. */
    @SuppressWarnings("InsecureCryptoUsage")
    private byte[] block(int direction, byte[] block) {
      try {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(direction, key);
        return cipher.doFinal(block);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the platform lacks AES", e);
      }
    }
  }
}
