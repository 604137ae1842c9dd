package dev.sotto.crypto;

import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Fingerprint} as it stands in a table: 16 bytes as it is, or 20 with the id of the key of
 * the installation that permutes it. Made by {@link BlindIndexes}, or read from a database.
 */
@TypeDef(type = DataType.BYTE_ARRAY, converter = BlindIndexConverter.class)
public final class BlindIndex {
  static final int PREFIX = Integer.BYTES;
  static final int PERMUTED = PREFIX + Fingerprint.SIZE;

  private final byte[] bytes;

  /** Takes the array over; the caller lets go of it. */
  BlindIndex(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of the owner of that of which there is but one; no key permutes it. */
  static BlindIndex none() {
    return new BlindIndex(Fingerprint.none().bytes());
  }

  boolean plain() {
    return bytes.length == Fingerprint.SIZE;
  }

  /** The key that permutes it; empty where none does. */
  OptionalInt keyId() {
    return bytes.length == PERMUTED
        ? OptionalInt.of(ByteBuffer.wrap(bytes).getInt())
        : OptionalInt.empty();
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BlindIndex that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "BlindIndex";
  }
}
