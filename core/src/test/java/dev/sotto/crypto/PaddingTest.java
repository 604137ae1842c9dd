package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PaddingTest {
  private final Random random = new Random(7);

  @Test
  void givesBackEveryLengthAndEnding() {
    for (int length = 0; length < 5000; length++) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      for (byte ending : new byte[] {0, 1, (byte) 0x80}) {
        Arrays.fill(text, Math.max(0, length - 3), length, ending);
        assertThat(Padding.unpad(Padding.pad(text))).hasValue(text);
      }
    }
  }

  @Test
  void hidesTheLengthInStepsOf64UpTo1KiB() {
    for (int length = 0; length < 1024; length++) {
      int size = Padding.pad(new byte[length]).length;
      assertThat(size % 64).isZero();
      assertThat(size - length).isBetween(1, 64);
    }
  }

  @Test
  void hidesLongerOnesAmongFewSizesAndAddsAtMost12Percent() {
    TreeSet<Integer> sizes = new TreeSet<>();
    for (int length = 1024; length < 1 << 20; length += 17) {
      int size = Padding.pad(new byte[length]).length;
      assertThat(size).isGreaterThan(length).isLessThanOrEqualTo((int) (length * 1.12) + 1);
      sizes.add(size);
    }
    assertThat(sizes).hasSizeLessThan(250);
  }

  @Test
  void refusesWhatItWouldNotHaveMade() {
    byte[] early = new byte[128];
    early[3] = (byte) 0x80;
    byte[] odd = new byte[65];
    odd[60] = (byte) 0x80;

    assertThat(Padding.unpad(new byte[0])).isEmpty();
    assertThat(Padding.unpad(new byte[64])).isEmpty();
    assertThat(Padding.unpad("no mark at all".getBytes(UTF_8))).isEmpty();
    assertThat(Padding.unpad(early)).isEmpty();
    assertThat(Padding.unpad(odd)).isEmpty();
  }
}
