package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PermutationTest {
  private final SecureRandom random = new SecureRandom();
  private final Permutation.Keyed one = new Permutation.Keyed(17, key());
  private final Permutation.Keyed other = new Permutation.Keyed(-18, key());

  private byte[] key() {
    byte[] key = new byte[Permutation.Keyed.SIZE];
    random.nextBytes(key);
    return key;
  }

  private Fingerprint random() {
    byte[] bytes = new byte[Fingerprint.SIZE];
    random.nextBytes(bytes);
    return new Fingerprint(bytes);
  }

  @Test
  void bringsAFingerprintUnderAnotherKeyWithoutWhatItWasMadeOf() {
    Fingerprint fingerprint = random();
    BlindIndex before = one.apply(fingerprint);

    BlindIndex after = other.apply(one.undo(before));

    assertThat(after).isEqualTo(other.apply(fingerprint)).isNotEqualTo(before);
    assertThat(other.undo(after)).isEqualTo(fingerprint);
    assertThat(one.apply(fingerprint)).isEqualTo(before);
  }

  @Test
  void namesItsKeyAndRefusesWhatIsNotUnderIt() {
    BlindIndex index = other.apply(random());

    assertThat(index.keyId()).hasValue(-18);
    assertThatThrownBy(() -> one.undo(index)).isInstanceOf(IntegrityException.class);
    assertThatThrownBy(() -> one.undo(new BlindIndex(new byte[16])))
        .isInstanceOf(IntegrityException.class);
    assertThatThrownBy(() -> new Permutation.Plain().undo(index))
        .isInstanceOf(IntegrityException.class);
    assertThatThrownBy(() -> new Permutation.Plain().undo(new BlindIndex(new byte[15])))
        .isInstanceOf(IntegrityException.class);
  }

  @Test
  void plainIsTheFingerprintItself() {
    Fingerprint fingerprint = random();

    BlindIndex plain = new Permutation.Plain().apply(fingerprint);

    assertThat(plain.bytes()).isEqualTo(fingerprint.bytes());
    assertThat(plain.keyId()).isEmpty();
    assertThat(new Permutation.Plain().undo(plain)).isEqualTo(fingerprint);
    assertThat(one.apply(fingerprint).bytes()).isNotEqualTo(fingerprint.bytes());
  }
}
