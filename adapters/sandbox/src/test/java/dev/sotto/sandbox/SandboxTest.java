package dev.sotto.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
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
    HttpClient old = Trust.client(sandbox, "TLSv1.2");

    assertThatThrownBy(() -> get(old, sandbox.url())).isInstanceOf(SSLHandshakeException.class);
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
        .isInstanceOf(ConnectException.class);

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
