package dev.sotto.crypto;

import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sealed bytes, the only form in which content can be stored. Made by {@link Vault#seal}, or read
 * from a database; whether they were sealed here at all shows when they are opened.
 */
@TypeDef(type = DataType.BYTE_ARRAY, converter = CiphertextConverter.class)
public final class Ciphertext {
  private static final byte MARK = 1;
  private static final int PREFIX = 5;

  private final byte[] bytes;

  /** Takes the array over; the caller lets go of it. */
  Ciphertext(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The id of the key version that sealed it, unique within a scope: the {@code key_id} of its row.
   *
   * @throws IntegrityException the bytes do not begin as sealed ones do
   */
  public int keyId() {
    if (!marked()) {
      throw new IntegrityException("integrity: a stored value is not sealed");
    }
    return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
  }

  boolean marked() {
    return bytes.length > PREFIX && bytes[0] == MARK;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ciphertext that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Ciphertext[" + bytes.length + " bytes]";
  }
}
