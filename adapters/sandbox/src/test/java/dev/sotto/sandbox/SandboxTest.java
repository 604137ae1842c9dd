package dev.sotto.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxTest {
  private final Sandbox sandbox = Sandbox.start(0);

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void speaksTls13ToThoseWhoTrustItsAuthority() throws Exception {
    HttpResponse<String> answer = get(Trust.client(sandbox), sandbox.url());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void isReachedByItsAddressToo() throws Exception {
    URI numeric = URI.create("https://127.0.0.1:" + sandbox.url().getPort());

    assertThat(get(Trust.client(sandbox), numeric).statusCode()).isEqualTo(404);
  }

  @Test
  void refusesTls12() {
    assertThatThrownBy(() -> tls12(sandbox.certificateAuthority(), sandbox.url().getPort()))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("protocol_version");
  }

  @Test
  void wouldHaveSpokenTls12HadItNotBeenRefused() throws Exception {
    Certificates certificates = new Certificates(Instant.now());
    HttpsServer lenient = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
    lenient.setHttpsConfigurator(Trust.lenient(certificates.keys()));
    lenient.start();

    assertThat(tls12(certificates.authority(), lenient.getAddress().getPort()))
        .isEqualTo("TLSv1.2");
    lenient.stop(0);
  }

  private static String tls12(String authority, int port) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) Trust.context(authority).getSocketFactory().createSocket("localhost", port)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(socket.getSupportedCipherSuites());
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  @Test
  void refusesThePlainProtocol() {
    URI plain = URI.create("http://localhost:" + sandbox.url().getPort());

    assertThatThrownBy(() -> get(Trust.client(sandbox), plain)).isInstanceOf(IOException.class);
  }

  @Test
  void isNotTrustedThroughTheAuthorityOfAnother() {
    try (Sandbox other = Sandbox.start(0)) {
      HttpClient stranger = Trust.client(other);

      assertThatThrownBy(() -> get(stranger, sandbox.url()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void comesBackAtTheSameAddress() throws Exception {
    sandbox.unplug();
    assertThatThrownBy(() -> get(Trust.client(sandbox), sandbox.url()))
        .isInstanceOf(IOException.class);

    sandbox.plug();
    assertThat(get(Trust.client(sandbox), sandbox.url()).statusCode()).isEqualTo(404);
  }

  @Test
  void namesThePortThatIsTaken() {
    AtomicReference<Sandbox> second = new AtomicReference<>();

    assertThatThrownBy(() -> second.set(Sandbox.start(sandbox.url().getPort())))
        .hasMessageContaining("port " + sandbox.url().getPort());
    assertThat(second).hasNullValue();
  }

  private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
        BodyHandlers.ofString());
  }
}
