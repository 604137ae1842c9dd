package dev.sotto.chat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom every hop trusts: the certificate authorities of the JDK, and those of one PEM file (at most
 * 1 MiB and 1,000 certificates) in addition. Every context made here speaks TLS 1.3 and nothing
 * older; clients that keep protocol versions of their own also take {@link #parameters()}.
 */
public final class TrustedCertificates {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_CERTIFICATES = 1_000;
  private static final String PROTOCOL = "TLSv1.3";

  private final X509TrustManager trustManager;

  private TrustedCertificates(X509TrustManager trustManager) {
    this.trustManager = trustManager;
  }

  /** The authorities of the JDK alone. */
  public static TrustedCertificates ofTheJdk() {
    return new TrustedCertificates(trusting(Optional.empty(), "the JDK's certificates"));
  }

  /**
   * The authorities of the JDK and those of a PEM file.
   *
   * @throws IllegalArgumentException the file cannot be read or holds no certificate; the message
   *     is one line that names the file
   */
  public static TrustedCertificates andThoseOf(Path pem) {
    var anchors = new ArrayList<>(Arrays.asList(ofTheJdk().trustManager.getAcceptedIssuers()));
    anchors.addAll(read(pem));
    return new TrustedCertificates(trusting(Optional.of(anchors), pem.toString()));
  }

  /** For clients that want the trust manager beside the context. */
  public X509TrustManager trustManager() {
    return trustManager;
  }

  /** A new context that trusts these authorities and has no key of its own. */
  public SSLContext context() {
    try {
      var context = SSLContext.getInstance(PROTOCOL);
      context.init(null, new TrustManager[] {trustManager}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + PROTOCOL, e);
    }
  }

  /** TLS 1.3 alone, and the host's name must be the certificate's. */
  public SSLParameters parameters() {
    var parameters = context().getDefaultSSLParameters();
    parameters.setProtocols(new String[] {PROTOCOL});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  private static List<X509Certificate> read(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unusable(pem, "is larger than 1 MiB", null);
      }
      return parse(pem, bytes);
    } catch (IOException e) {
      throw unusable(pem, "cannot be read", e);
    }
  }

  private static List<X509Certificate> parse(Path pem, byte[] bytes) {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes));
      if (found.isEmpty() || found.size() > MAX_CERTIFICATES) {
        throw unusable(pem, "holds " + found.size() + " certificates", null);
      }
      return found.stream().map(X509Certificate.class::cast).toList();
    } catch (CertificateException e) {
      throw unusable(pem, "holds no readable PEM certificate", e);
    }
  }

  private static IllegalArgumentException unusable(
      Path pem, String fault, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "sotto.trusted-certificates: the file " + pem + " " + fault, cause);
  }

  private static X509TrustManager trusting(Optional<List<X509Certificate>> anchors, String name) {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(anchors.isPresent() ? store(anchors.get()) : null);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("this JDK trusts no X.509 certificates"));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot trust " + name, e);
    }
  }

  private static KeyStore store(List<X509Certificate> anchors)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < anchors.size(); i++) {
      store.setCertificateEntry("ca-" + i, anchors.get(i));
    }
    return store;
  }
}
