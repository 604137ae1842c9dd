package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.sotto.chat.Address;
import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Secret;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackTlsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String[] GOOD = {"-ext", "SAN=dns:localhost"};

  @TempDir private Path folder;

  @Test
  void bothLegsShakeHandsInTls13() throws Exception {
    try (TlsServer server = new TlsServer(folder, "TLSv1.3", GOOD)) {
      callOf(server.trust(), server);
      await().until(() -> server.handshakes.get() == 1);
      socketTo(server.trust(), server);
      await().until(() -> server.handshakes.get() >= 2);
    }
  }

  @Test
  void bothLegsRefuseAnOlderTlsThatAnotherClientTakes() throws Exception {
    try (TlsServer server = new TlsServer(folder, "TLSv1.2", GOOD)) {
      refused(server.trust(), server);
      assertThat(server.handshakes).hasValue(0);

      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {server.trust()}, null);
      try (SSLSocket other =
          (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port())) {
        other.setEnabledProtocols(new String[] {"TLSv1.2"});
        other.setEnabledCipherSuites(other.getSupportedCipherSuites());
        other.startHandshake();
      }
      await().until(() -> server.handshakes.get() == 1);
    }
  }

  @Test
  void bothLegsRefuseACertificateOfAnotherHost() throws Exception {
    try (TlsServer server = new TlsServer(folder, "TLSv1.3", "-ext", "SAN=dns:elsewhere.example")) {
      refused(server.trust(), server);
    }
  }

  @Test
  void bothLegsRefuseACertificateThatNobodyVouchesFor() throws Exception {
    try (TlsServer known = new TlsServer(folder, "TLSv1.3", GOOD);
        TlsServer server = new TlsServer(folder, "TLSv1.3", GOOD)) {
      refused(known.trust(), server);
    }
  }

  @Test
  void nothingIsSentToAnAddressWithoutTls() throws Exception {
    try (TlsServer known = new TlsServer(folder, "TLSv1.3", GOOD);
        ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      plain.setSoTimeout(300);
      String place = "localhost:" + plain.getLocalPort();

      assertThatExceptionOfType(ConnectionException.class)
          .isThrownBy(() -> connect(known.trust(), "http://" + place + "/api/"))
          .withMessageContainingAll("SLACK_API_URL", "https");
      assertThatExceptionOfType(SlackFailure.class)
          .isThrownBy(() -> open(known.trust(), URI.create("ws://" + place)))
          .withMessageContaining("TLS");
      assertThatThrownBy(plain::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void saysInOneLineThatTlsFailedAndTriesAgain() throws Exception {
    try (TlsServer server = new TlsServer(folder, "TLSv1.2", GOOD);
        Logs logs = new Logs(Level.INFO)) {
      X509TrustManager trust = server.trust();
      String url = "https://localhost:" + server.port() + "/api/";
      CompletableFuture<Void> connecting = CompletableFuture.runAsync(() -> connect(trust, url));

      await().until(() -> !logs.lines().isEmpty());
      assertThat(logs.lines()).singleElement().asString().contains("Slack", "TLS", "certificate");
      assertThat(connecting).isNotDone();
    }
  }

  private static void refused(X509TrustManager trust, TlsServer server) {
    assertThatExceptionOfType(SlackFailure.class)
        .isThrownBy(() -> callOf(trust, server))
        .returns(SlackFailure.Kind.UNTRUSTED, SlackFailure::kind);
    assertThatExceptionOfType(SlackFailure.class)
        .isThrownBy(() -> open(trust, URI.create("wss://localhost:" + server.port())))
        .returns(SlackFailure.Kind.UNTRUSTED, SlackFailure::kind);
  }

  private static void callOf(X509TrustManager trust, TlsServer server) {
    var http =
        new com.slack.api.util.http.SlackHttpClient(Tls.okHttp(new OkHttpClient(), trust, TIMEOUT));
    SlackApi api = new SlackApi(http, "https://localhost:" + server.port() + "/api/", "token");
    try {
      api.call("auth.test", new FormBody.Builder());
    } catch (SlackFailure e) {
      if (e.kind() != SlackFailure.Kind.UNKNOWN) {
        throw e;
      }
    }
  }

  private static void socketTo(X509TrustManager trust, TlsServer server) {
    assertThatExceptionOfType(SlackFailure.class)
        .isThrownBy(() -> open(trust, URI.create("wss://localhost:" + server.port())))
        .returns(SlackFailure.Kind.UNREACHED, SlackFailure::kind);
  }

  private static void open(X509TrustManager trust, URI address) {
    try (HttpClient http =
        HttpClient.newBuilder()
            .sslContext(Tls.context(trust))
            .sslParameters(Tls.parameters())
            .build()) {
      SlackLink.open(http, address, new Deaf(), Runnable::run, TIMEOUT);
    }
  }

  /** Hears nothing. */
  private record Deaf() implements SlackLink.Handler {
    @Override
    public Optional<Address> place(String message) {
      return Optional.empty();
    }

    @Override
    public Optional<String> take(String message) {
      return Optional.empty();
    }
  }

  private static void connect(X509TrustManager trust, String url) {
    SlackSettings settings =
        new SlackSettings(Secret.of("xoxb"), Secret.of("xapp"), URI.create(url), trust, TIMEOUT);
    try (SlackConnection connection = new SlackConnection(settings, Clock.systemUTC())) {
      connection.connect(new SlackWorld.MemoryInbox(), new SlackWorld.NoCommands());
    }
  }
}
