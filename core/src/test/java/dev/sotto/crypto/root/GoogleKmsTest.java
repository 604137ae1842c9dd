package dev.sotto.crypto.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.model.PrivateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class GoogleKmsTest extends ServiceContract<GoogleServer> {
  private static final String KEY =
      "gcp-kms://projects/acme/locations/europe-west3/keyRings/sotto/cryptoKeys/root";

  @Override
  GoogleServer start(String protocol) throws Exception {
    return configured(new GoogleServer(authority, protocol));
  }

  @Override
  GoogleServer startOf(PrivateAuthority unknown) throws Exception {
    return configured(new GoogleServer(unknown, "TLSv1.3"));
  }

  private GoogleServer configured(GoogleServer started) throws Exception {
    settings.put("sotto.gcp.kms-url", started.url());
    settings.put("GOOGLE_APPLICATION_CREDENTIALS", started.account(folder).toString());
    return started;
  }

  @Override
  String address() {
    return KEY;
  }

  @Override
  String anotherAddress() {
    return KEY + "-2";
  }

  @Override
  String denial() {
    return "HTTP 403 PERMISSION_DENIED";
  }

  @Test
  void getsAnotherTokenWhenItsOwnHasExpired() throws Exception {
    RootKey key = open(address());
    byte[] wrapped = key.wrap(SECRET, PLACE);

    server.expire();

    assertThat(key.unwrap(wrapped, PLACE)).isEqualTo(SECRET);
  }

  @Test
  void isRefusedAsAnAccountOfAnotherKey() throws Exception {
    try (GoogleServer other = new GoogleServer(authority, "TLSv1.3")) {
      String forged = Files.readString(other.account(folder)).replace(other.url(), server.url());
      Files.writeString(folder.resolve("account.json"), forged);
    }

    assertUnreachable(() -> open(address()), "invalid_grant");
  }

  @Test
  void wrapsNothingThatWasDamagedOnItsWay() throws Exception {
    RootKey key = open(address());
    server.damage();

    assertUnreachable(() -> key.wrap(SECRET, PLACE), "cannot be read");
  }

  @Test
  void refusesAKeyFileThatOthersMayReadOrThatLiesInTheData() throws Exception {
    Path file = folder.resolve("account.json");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertUnreachable(() -> open(address()), "chmod 600");

    Path data = Files.createDirectories(folder.resolve("data"));
    settings.put("GOOGLE_APPLICATION_CREDENTIALS", server.account(data).toString());
    assertUnreachable(() -> open(address()), "data directory");
  }

  @Test
  void isRefusedWithAnAddressThatIsNone() {
    assertThatThrownBy(() -> keys().open("gcp-kms://projects/acme"))
        .hasMessageContaining("cryptoKeys");
    settings.put("sotto.gcp.kms-url", "http://127.0.0.1:1");
    assertThatThrownBy(() -> keys().open(address())).hasMessageContaining("https://");
  }
}
