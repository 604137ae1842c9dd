package dev.sotto.crypto;

import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The MAC of one link of a chain, of 32 bytes: not secret, and nobody makes one without the {@link
 * ChainKey} of the link.
 */
@TypeDef(type = DataType.BYTE_ARRAY, converter = ChainMacConverter.class)
public final class ChainMac {
  static final int SIZE = 32;

  private final byte[] bytes;

  /** Takes the array over; the caller lets go of it. */
  ChainMac(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What stands before the first link. */
  public static ChainMac none() {
    return new ChainMac(new byte[SIZE]);
  }

  /** Reads what {@link #hex} wrote; empty if it is something else. */
  public static Optional<ChainMac> ofHex(String hex) {
    try {
      return Optional.of(new ChainMac(HexFormat.of().parseHex(hex)))
          .filter(it -> it.bytes.length == SIZE);
    } catch (IllegalArgumentException notHex) {
      return Optional.empty();
    }
  }

  /** In 64 digits, for a place outside of the database. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Takes the same time wherever they differ. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChainMac that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "ChainMac";
  }
}
