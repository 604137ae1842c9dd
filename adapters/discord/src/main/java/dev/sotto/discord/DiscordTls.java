package dev.sotto.discord;

import com.neovisionaries.ws.client.WebSocketFactory;
import dev.sotto.chat.PromptSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.TlsVersion;

/** TLS 1.3, and nothing else, for each of the two HTTP clients that JDA uses. */
final class DiscordTls {
  /** Requests under way at once; more wait for a free one. */
  static final int CONNECTIONS = 64;

  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final int TLS_PORT = 443;

  private final X509TrustManager trust;
  private final Duration timeout;
  private final SSLSocketFactory sockets;

  DiscordTls(X509TrustManager trust, Duration timeout) {
    this.trust = trust;
    this.timeout = timeout;
    try {
      SSLContext context = SSLContext.getInstance(PROTOCOLS[0]);
      context.init(null, new TrustManager[] {trust}, null);
      this.sockets = context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS 1.3", e);
    }
  }

  /** For REST. Redirects are not followed: no address but the given one is spoken to. */
  OkHttpClient http() {
    ConnectionSpec spec =
        new ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
            .tlsVersions(TlsVersion.TLS_1_3)
            .build();
    return new OkHttpClient.Builder()
        .socketFactory(new PromptSockets())
        .sslSocketFactory(sockets, trust)
        .connectionSpecs(List.of(spec))
        .connectionPool(new ConnectionPool(CONNECTIONS, 5, TimeUnit.MINUTES))
        .followRedirects(false)
        .connectTimeout(timeout)
        .readTimeout(timeout)
        .writeTimeout(timeout)
        .build();
  }

  /** For the gateway. An address without TLS cannot be dialled, whoever gives it. */
  WebSocketFactory webSockets() {
    return new WebSocketFactory()
        .setConnectionTimeout((int) timeout.toMillis())
        .setSocketFactory(new RefusingSockets())
        .setSSLSocketFactory(new Tls13Sockets(sockets));
  }

  /**
   * Shakes hands with a host and hangs up, because JDA tells nobody why its own handshake failed.
   *
   * @throws IOException the host is not there, or is not who it says over TLS 1.3
   */
  void probe(URI address) throws IOException {
    int port = address.getPort() < 0 ? TLS_PORT : address.getPort();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(address.getHost(), port), (int) timeout.toMillis());
      plain.setSoTimeout((int) timeout.toMillis());
      try (SSLSocket socket =
          (SSLSocket) sockets.createSocket(plain, address.getHost(), port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
      }
    }
  }

  /** The WebSocket library asks for sockets without a host; the others are here by contract. */
  private static final class Tls13Sockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;

    Tls13Sockets(SSLSocketFactory sockets) {
      this.sockets = sockets;
    }

    private static Socket limited(Socket socket) {
      ((SSLSocket) socket).setEnabledProtocols(PROTOCOLS);
      return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
      return limited(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean close)
        throws IOException {
      return limited(sockets.createSocket(plain, host, port, close));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return limited(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return limited(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return limited(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return limited(sockets.createSocket(host, port, from, fromPort));
    }
  }

  /** What the WebSocket library gets when it wants a connection without TLS. */
  private static final class RefusingSockets extends SocketFactory {
    private static IOException refusal() {
      return new IOException("a gateway address without TLS is refused");
    }

    @Override
    public Socket createSocket() throws IOException {
      throw refusal();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw refusal();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      throw refusal();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw refusal();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      throw refusal();
    }
  }
}
