package dev.sotto.crypto;

import java.util.Arrays;
import java.util.Optional;

/**
 * Hides lengths: to the next 64 bytes up to 1 KiB, then to Padmé's sizes, which add at most 12 %
 * and tell at most O(log log n) bits (Nikitin et al., "Reducing metadata leakage from encrypted
 * files", PoPETs 2019). The end of the text is marked as in ISO/IEC 7816-4: one byte 0x80, then
 * zeros.
 */
final class Padding {
  private static final byte END = (byte) 0x80;
  private static final int STEP = 64;
  private static final int STEPS_END = 1024;

  private Padding() {}

  static byte[] pad(byte[] text) {
    byte[] padded = Arrays.copyOf(text, size(text.length + 1));
    padded[text.length] = END;
    return padded;
  }

  /** The text again; nothing if this is not what {@link #pad} makes. */
  static Optional<byte[]> unpad(byte[] padded) {
    int end = padded.length - 1;
    while (end >= 0 && padded[end] == 0) {
      end--;
    }
    if (end < 0 || padded[end] != END || size(end + 1) != padded.length) {
      return Optional.empty();
    }
    return Optional.of(Arrays.copyOf(padded, end));
  }

  private static int size(int length) {
    if (length <= STEPS_END) {
      return (length + STEP - 1) / STEP * STEP;
    }
    int exponent = log2(length);
    int mask = (1 << (exponent - log2(exponent) - 1)) - 1;
    return (length + mask) & ~mask;
  }

  private static int log2(int number) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number);
  }
}
