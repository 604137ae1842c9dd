package dev.sotto.crypto;

import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What {@link Chain} makes of a row and of the link before it: 16 bytes that say nothing. */
@TypeDef(type = DataType.BYTE_ARRAY, converter = ChainLinkConverter.class)
public final class ChainLink {
  static final int SIZE = 16;

  private final byte[] bytes;

  /** Takes the array over; the caller lets go of it. */
  ChainLink(byte[] bytes) {
    this.bytes = bytes;
  }

  static ChainLink none() {
    return new ChainLink(new byte[SIZE]);
  }

  static ChainLink random(SecureRandom random) {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return new ChainLink(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChainLink that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "ChainLink";
  }
}
