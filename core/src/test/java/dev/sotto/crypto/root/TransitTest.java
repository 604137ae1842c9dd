package dev.sotto.crypto.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.model.PrivateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class TransitTest extends ServiceContract<TransitServer> {
  private static final String TOKEN = "hvs.a-token-of-vault";

  @Override
  TransitServer start(String protocol) {
    settings.put("VAULT_TOKEN", TOKEN);
    return new TransitServer(authority, TOKEN, protocol);
  }

  @Override
  TransitServer startOf(PrivateAuthority unknown) {
    return new TransitServer(unknown, TOKEN);
  }

  @Override
  String address() {
    return "vault://" + server.host() + "/transit/sotto";
  }

  @Override
  String anotherAddress() {
    return address() + "-2";
  }

  @Override
  String denial() {
    return "HTTP 403 permission denied";
  }

  @Test
  void readsARenewedTokenFromItsFile() throws Exception {
    settings.clear();
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    settings.put("sotto.vault.token-file", file.toString());
    RootKey key = open(address());
    byte[] wrapped = key.wrap(SECRET, PLACE);

    server.token("hvs.renewed");
    Files.writeString(file, "hvs.renewed");

    assertThat(key.unwrap(wrapped, PLACE)).isEqualTo(SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertUnreachable(() -> key.unwrap(wrapped, PLACE), "chmod 600");
  }

  @Test
  void isRefusedWithoutATokenOrWithAnother() {
    settings.put("VAULT_TOKEN", "hvs.another");
    assertUnreachable(() -> open(address()), denial());
    settings.clear();
    assertUnreachable(() -> open(address()), "VAULT_TOKEN");
  }

  @Test
  void isRefusedWhereAssociatedDataIsNotBound() {
    server.bindNothing();

    assertThatThrownBy(() -> open(address()))
        .isInstanceOf(RootKeyException.class)
        .hasMessageContaining("does not bind");
  }

  @Test
  void isRefusedWithAnAddressThatIsNone() {
    for (String address : new String[] {"vault://", "vault://host", "vault://host/transit", "vault://u@h/a/b"}) {
      assertThatThrownBy(() -> keys().open(address)).hasMessageContaining("vault://vault.example");
    }
  }
}
