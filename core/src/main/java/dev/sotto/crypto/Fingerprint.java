package dev.sotto.crypto;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A keyed blind index of 16 bytes: finds what has the same words in the same workspace and domain,
 * and tells nothing else to who lacks the key. Platform ids are short and can be guessed, so no
 * unkeyed hash would do. No column can hold one: what stands there is a {@link BlindIndex}.
 */
public final class Fingerprint {
  static final int SIZE = 16;

  private final byte[] bytes;

  /** Takes the array over; the caller lets go of it. */
  Fingerprint(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The owner of that of which there is but one. */
  static Fingerprint none() {
    return new Fingerprint(new byte[SIZE]);
  }

  /** In 22 letters, digits, {@code -} and {@code _}: opaque to who lacks the key. */
  public String key() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Fingerprint";
  }
}
