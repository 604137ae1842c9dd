package dev.sotto.crypto.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassphraseTest extends RootKeyContract {
  @BeforeEach
  void choose() {
    settings.put("sotto.root-passphrase", "correct horse battery staple");
  }

  @Override
  String address() {
    return "passphrase:";
  }

  @Override
  String anotherAddress() throws IOException {
    return "passphrase:file:" + passphrase(folder.resolve("another"), "nobody guesses this one\n");
  }

  @Test
  void keepsSaltAndRoundsBesideTheDataAndNothingSecret() throws IOException {
    open(address());

    assertThat(Files.getPosixFilePermissions(salt()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(salt()))
        .containsPattern("passphrase:[0-9a-f]{16} pbkdf2-hmac-sha256 600000 [A-Za-z0-9+/]{22}==\n")
        .doesNotContain("horse");
  }

  @Test
  void isRefusedWhenItIsAnother() {
    open(address());
    settings.put("sotto.root-passphrase", "incorrect horse battery");

    assertThatThrownBy(() -> keys().open(address()))
        .isInstanceOf(RootKeyException.class)
        .hasMessageContaining("root key")
        .hasMessageContaining("not the passphrase")
        .hasMessageNotContaining("horse");
  }

  @Test
  void isRefusedWhenItIsMissingOrShort() {
    settings.put("sotto.root-passphrase", "too short");
    assertThatThrownBy(() -> open(address())).hasMessageContaining("12 to 1,024 characters");
    settings.clear();
    assertThatThrownBy(() -> open(address())).hasMessageContaining("SOTTO_ROOT_PASSPHRASE");
    assertThat(salt()).doesNotExist();
  }

  @Test
  void isTheSameHoweverItsLettersAreComposed() throws Exception {
    settings.put("sotto.root-passphrase", "caf\u00e9 au lait matin");
    byte[] wrapped = open(address()).wrap(SECRET, PLACE);
    settings.put("sotto.root-passphrase", "cafe\u0301 au lait matin ");

    assertThat(reopen(address()).unwrap(wrapped, PLACE)).isEqualTo(SECRET);
  }

  @Test
  void itsFileIsRefusedWhereOthersReadItOrInTheDataDirectory() throws IOException {
    Path file = passphrase(folder.resolve("words"), "nobody guesses this one");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> open("passphrase:file:" + file)).hasMessageContaining("chmod 600");
    Path inside = passphrase(folder.resolve("data/words"), "nobody guesses this one");
    assertThatThrownBy(() -> open("passphrase:file:" + inside))
        .hasMessageContaining("data directory");
    assertThat(salt()).doesNotExist();
  }

  @Test
  void fewerRoundsAreRefusedAndMoreMakeAnotherKey() throws IOException {
    open(address());
    String kept = Files.readString(salt());

    Files.writeString(salt(), kept.replace(" 600000 ", " 1000 "));
    assertThatThrownBy(() -> keys().open(address())).hasMessageContaining("damaged");
    Files.writeString(salt(), kept.replace(" 600000 ", " 600001 "));
    assertThatThrownBy(() -> keys().open(address())).hasMessageContaining("not the passphrase");
    Files.delete(salt());
    assertThatThrownBy(() -> keys().open(address())).hasMessageContaining("missing");
  }

  private Path salt() {
    return folder.resolve("data/passphrase.salt");
  }

  private static Path passphrase(Path file, String words) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, words);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
