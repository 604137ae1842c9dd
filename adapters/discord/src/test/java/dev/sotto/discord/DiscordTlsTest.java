package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.neovisionaries.ws.client.WebSocket;
import com.neovisionaries.ws.client.WebSocketException;
import dev.sotto.chat.Secret;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Request;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

class DiscordTlsTest {
  private static final Duration DAY = Duration.ofDays(1);

  private static DiscordTls tls(X509TrustManager trust) {
    return new DiscordTls(trust, Duration.ofSeconds(3));
  }

  private static URI address(TlsServer server) {
    return URI.create("wss://localhost:" + server.port() + "/");
  }

  private static void refused(DiscordTls tls, TlsServer server) {
    assertThatThrownBy(() -> tls.probe(address(server))).isInstanceOf(SSLException.class);
    String url = "https://localhost:" + server.port() + "/";
    assertThatThrownBy(
            () -> tls.http().newCall(new Request.Builder().url(url).build()).execute().close())
        .isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> dial(tls, address(server).toString()))
        .isInstanceOf(WebSocketException.class);
  }

  private static void dial(DiscordTls tls, String address) throws Exception {
    WebSocket socket = tls.webSockets().createSocket(address);
    socket.connect();
    socket.disconnect();
  }

  @Test
  void takesTls13() throws Exception {
    try (TlsServer server = new TlsServer("TLSv1.3", "localhost", DAY)) {
      assertThatCode(() -> tls(server.trust()).probe(address(server))).doesNotThrowAnyException();
    }
  }

  @Test
  void refusesAnOlderTlsThatAnotherClientTakes() throws Exception {
    try (TlsServer server = new TlsServer("TLSv1.2", "localhost", DAY)) {
      refused(tls(server.trust()), server);
      assertThat(server.handshakes).hasValue(0);

      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {server.trust()}, null);
      try (SSLSocket other =
          (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port())) {
        other.setEnabledProtocols(new String[] {"TLSv1.2"});
        other.setEnabledCipherSuites(other.getSupportedCipherSuites());
        other.startHandshake();
      }
      await().untilAtomic(server.handshakes, Matchers.is(1));
    }
  }

  @Test
  void refusesACertificateOfAnotherHost() throws Exception {
    try (TlsServer server = new TlsServer("TLSv1.3", "elsewhere.example", DAY)) {
      refused(tls(server.trust()), server);
    }
  }

  @Test
  void refusesACertificateThatHasExpired() throws Exception {
    try (TlsServer server = new TlsServer("TLSv1.3", "localhost", DAY.negated())) {
      refused(tls(server.trust()), server);
    }
  }

  @Test
  void refusesACertificateThatNobodyVouchesFor() throws Exception {
    try (TlsServer known = new TlsServer("TLSv1.3", "localhost", DAY);
        TlsServer server = new TlsServer("TLSv1.3", "localhost", DAY)) {
      refused(tls(known.trust()), server);
    }
  }

  @Test
  void dialsNoSocketWithoutTls() throws Exception {
    try (TlsServer known = new TlsServer("TLSv1.3", "localhost", DAY);
        ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      plain.setSoTimeout(300);

      assertThatThrownBy(
              () -> dial(tls(known.trust()), "ws://localhost:" + plain.getLocalPort() + "/"))
          .isInstanceOf(WebSocketException.class)
          .hasMessageContaining("without TLS");
      assertThatThrownBy(plain::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void saysInOneLineThatTlsFailedAndTriesAgain() throws Exception {
    try (TlsServer server = new TlsServer("TLSv1.2", "localhost", DAY);
        Logs logs = new Logs()) {
      DiscordSettings settings =
          new DiscordSettings(
              Secret.of("t"),
              URI.create("https://localhost:" + server.port() + "/api/v10"),
              server.trust(),
              Lab.TIMEOUT);
      try (DiscordConnection connection =
          new DiscordConnection(settings, new ShardTable().program(), Clock.systemUTC())) {
        CompletableFuture<Void> connecting =
            CompletableFuture.runAsync(
                () -> connection.connect(new RecordingInbox(), new FixedCatalogue()));

        await().until(() -> !logs.lines().isEmpty());
        assertThat(logs.lines()).hasSize(1);
        assertThat(logs.lines().getFirst()).contains("Discord").contains("TLS");
        assertThat(connecting).isNotDone();
      }
    }
  }
}
