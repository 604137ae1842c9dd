package dev.sotto.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedCertificatesTest {
  @TempDir Path folder;

  @Test
  void trustsTheAuthoritiesOfTheJdkAndThoseOfTheFile() throws Exception {
    var known = TrustedCertificates.ofTheJdk().trustManager().getAcceptedIssuers();

    var both = TrustedCertificates.andThoseOf(pem(known[0].getEncoded()));

    assertThat(known).isNotEmpty();
    assertThat(both.trustManager().getAcceptedIssuers()).contains(known);
  }

  @Test
  void speaksNothingOlderThanTls13() {
    var trusted = TrustedCertificates.ofTheJdk();

    assertThat(trusted.parameters().getProtocols()).containsExactly("TLSv1.3");
    assertThat(trusted.parameters().getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
    assertThat(trusted.context().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void namesTheFileThatIsMissingOrHoldsNoCertificate() throws IOException {
    var missing = folder.resolve("missing.pem");
    var empty = Files.writeString(folder.resolve("empty.pem"), "");
    var prose = Files.writeString(folder.resolve("prose.pem"), "not a certificate");
    var large = Files.write(folder.resolve("large.pem"), new byte[(1 << 20) + 1]);

    for (Path file : new Path[] {missing, empty, prose, large}) {
      assertThatThrownBy(() -> TrustedCertificates.andThoseOf(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("sotto.trusted-certificates")
          .hasMessageContaining(file.toString());
    }
  }

  private Path pem(byte[] der) throws IOException, CertificateEncodingException {
    return Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END CERTIFICATE-----\n",
        StandardCharsets.US_ASCII);
  }
}
