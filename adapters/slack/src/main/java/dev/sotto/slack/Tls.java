package dev.sotto.slack;

import dev.sotto.chat.PromptSockets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.TlsVersion;

/** TLS 1.3 and nothing else, the same for the Web API and the socket. */
final class Tls {
  private static final String PROTOCOL = "TLSv1.3";
  static final int CONNECTIONS = 64;

  private Tls() {}

  static SSLContext context(X509TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance(PROTOCOL);
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + PROTOCOL, e);
    }
  }

  static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {PROTOCOL});
    return parameters;
  }

  /** Never repeats a request by itself and follows no redirect. */
  static OkHttpClient okHttp(OkHttpClient from, X509TrustManager trust, Duration timeout) {
    ConnectionSpec tls13 =
        new ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
            .tlsVersions(TlsVersion.TLS_1_3)
            .build();
    return from.newBuilder()
        .connectionSpecs(List.of(tls13))
        .socketFactory(new PromptSockets())
        .sslSocketFactory(context(trust).getSocketFactory(), trust)
        .retryOnConnectionFailure(false)
        .connectionPool(new ConnectionPool(CONNECTIONS, 30, TimeUnit.SECONDS))
        .connectTimeout(timeout)
        .readTimeout(timeout)
        .writeTimeout(timeout)
        .callTimeout(timeout.multipliedBy(2))
        .build();
  }

  /** One line about a failed handshake. It names certificates and protocols, no content. */
  static String explain(SSLException failure) {
    String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return "the TLS check of its certificate or protocol failed (" + reason + ")";
  }
}
