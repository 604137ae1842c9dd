package dev.sotto.crypto.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.model.PrivateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class AwsKmsTest extends ServiceContract<AwsServer> {
  private static final String KEY =
      "aws-kms://arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890a";

  @Override
  AwsServer start(String protocol) {
    return configured(new AwsServer(authority, protocol));
  }

  @Override
  AwsServer startOf(PrivateAuthority unknown) {
    return configured(new AwsServer(unknown, "TLSv1.3"));
  }

  private AwsServer configured(AwsServer started) {
    settings.put("AWS_ENDPOINT_URL_KMS", started.url());
    settings.put("AWS_ENDPOINT_URL_STS", started.url());
    settings.put("AWS_ACCESS_KEY_ID", AwsServer.ID);
    settings.put("AWS_SECRET_ACCESS_KEY", AwsServer.SECRET);
    return started;
  }

  @Override
  String address() {
    return KEY + "b";
  }

  @Override
  String anotherAddress() {
    return KEY + "c";
  }

  @Override
  String denial() {
    return "HTTP 400 AccessDeniedException";
  }

  @Test
  void isRefusedWhenItsSignatureIsOfAnotherSecret() {
    settings.put("AWS_SECRET_ACCESS_KEY", "another");

    assertUnreachable(() -> open(address()), "InvalidSignatureException");
  }

  @Test
  void takesItsCredentialsFromTheSharedFileToo() throws Exception {
    settings.remove("AWS_ACCESS_KEY_ID");
    Path file =
        Files.writeString(
            folder.resolve("credentials"),
            """
            [default]
            aws_access_key_id = nobody
            aws_secret_access_key = nothing
            # of ours
            [sotto]
            aws_access_key_id = %s
            aws_secret_access_key=%s
            """
                .formatted(AwsServer.ID, AwsServer.SECRET));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    settings.put("AWS_SHARED_CREDENTIALS_FILE", file.toString());
    assertUnreachable(() -> open(address()), "InvalidSignatureException");
    settings.put("AWS_PROFILE", "sotto");

    assertThat(open(address()).wrap(SECRET, PLACE)).isNotEmpty();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertUnreachable(() -> open(address()), "chmod 600");
  }

  @Test
  void exchangesTheIdentityThatItsClusterGaveIt() throws Exception {
    settings.remove("AWS_ACCESS_KEY_ID");
    Path file = Files.writeString(folder.resolve("web-token"), AwsServer.WEB_TOKEN);
    settings.put("AWS_WEB_IDENTITY_TOKEN_FILE", file.toString());
    settings.put("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/sotto");

    assertThat(open(address()).wrap(SECRET, PLACE)).isNotEmpty();
    Files.writeString(file, "another");
    assertUnreachable(() -> open(address()), "InvalidIdentityToken");
  }

  @Test
  void isRefusedWithoutCredentialsOrWithAnAddressThatIsNone() {
    settings.remove("AWS_ACCESS_KEY_ID");
    settings.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
    assertUnreachable(() -> open(address()), "AWS_ACCESS_KEY_ID");
    assertThatThrownBy(() -> keys().open("aws-kms://my-key")).hasMessageContaining("ARN");
  }
}
