package dev.sotto.crypto.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.chat.TrustedCertificates;
import dev.sotto.model.PrivateAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every root key promises, wherever it lies. */
abstract class RootKeyContract {
  static final byte[] SECRET = "a key of a workspace".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  static final byte[] PLACE = {1, 2, 3};
  static final byte[] ANOTHER = {1, 2, 4};

  @TempDir Path folder;
  final PrivateAuthority authority = new PrivateAuthority();
  final Map<String, String> settings = new HashMap<>();

  abstract String address() throws Exception;

  /** Of the same kind, with another key. */
  abstract String anotherAddress() throws Exception;

  @Test
  void opensAfterARestartWhatItWrapped() throws Exception {
    RootKey key = open(address());
    byte[] wrapped = key.wrap(SECRET, PLACE);

    RootKey again = reopen(address());

    assertThat(again.unwrap(wrapped, PLACE)).isEqualTo(SECRET);
    assertThat(again.id()).isEqualTo(key.id()).hasSizeLessThanOrEqualTo(240).isNotBlank();
    assertThat(again.location()).isEqualTo(key.location());
    assertThat(new String(wrapped, java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain("workspace");
  }

  @Test
  void wrapsTheSameNeverTheSameWay() throws Exception {
    RootKey key = open(address());

    assertThat(key.wrap(SECRET, PLACE)).isNotEqualTo(key.wrap(SECRET, PLACE));
  }

  @Test
  void opensNothingElsewhere() throws Exception {
    RootKey key = open(address());
    byte[] wrapped = key.wrap(SECRET, PLACE);

    assertRefused(() -> key.unwrap(wrapped, ANOTHER));
    assertRefused(() -> key.unwrap(wrapped, new byte[0]));
  }

  @Test
  void opensNothingThatWasAltered() throws Exception {
    RootKey key = open(address());
    byte[] wrapped = key.wrap(SECRET, PLACE);

    for (int i = 0; i < wrapped.length; i += 7) {
      byte[] altered = wrapped.clone();
      altered[i] ^= 1;
      assertRefused(() -> key.unwrap(altered, PLACE));
    }
    assertRefused(() -> key.unwrap(new byte[50], PLACE));
  }

  @Test
  void opensNothingOfAnotherKey() throws Exception {
    byte[] wrapped = open(address()).wrap(SECRET, PLACE);
    RootKey another = open(anotherAddress());

    assertRefused(() -> another.unwrap(wrapped, PLACE));
    assertThat(another.unwrap(another.wrap(SECRET, PLACE), PLACE)).isEqualTo(SECRET);
  }

  @Test
  void keepsTheOldKeyBesideANewOneUntilItIsLetGoOf() throws Exception {
    RootPlace place = keys().openOrCreate(address());
    RootKey old = place.keys().getLast();
    byte[] wrapped = old.wrap(SECRET, PLACE);

    RootKey added = place.add();

    byte[] byNew = added.wrap(SECRET, PLACE);
    RootPlace both = keys().open(address());
    assertThat(both.keys().getLast().unwrap(byNew, PLACE)).isEqualTo(SECRET);
    assertThat(both.keys().getFirst().unwrap(wrapped, PLACE)).isEqualTo(SECRET);
    if (!added.id().equals(old.id())) {
      both.drop(Set.of(old.id()));
      RootPlace one = keys().open(address());
      assertThat(one.keys().stream().map(RootKey::id)).containsExactly(added.id());
    }
  }

  @Test
  void showsNothingSecretOfItself() throws Exception {
    RootKey key = open(address());

    String shown = key + key.id() + key.location();
    assertThat(settings.entrySet())
        .filteredOn(it -> it.getKey().matches("(?i).*(secret|token|passphrase)$"))
        .allSatisfy(it -> assertThat(shown).doesNotContain(it.getValue()));
  }

  final RootKey open(String address) {
    return keys().openOrCreate(address).keys().getLast();
  }

  final RootKey reopen(String address) {
    return keys().open(address).keys().getLast();
  }

  final RootKeys keys() {
    return new RootKeys(
        "",
        folder.resolve("data"),
        new RootSettings(name -> Optional.ofNullable(settings.get(name))),
        this::trust,
        Clock.systemUTC());
  }

  private TrustedCertificates trust() {
    try {
      return TrustedCertificates.andThoseOf(authority.pem(folder));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable question) {
    assertThatThrownBy(question).isInstanceOf(GeneralSecurityException.class);
  }

}
