package dev.sotto.discord;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A server that shakes hands with one version of TLS and one certificate, and says nothing. */
final class TlsServer implements AutoCloseable {
  private static final X500Name AUTHORITY = new X500Name("CN=Authority");
  private static final char[] PASSWORD = "".toCharArray();

  final AtomicInteger handshakes = new AtomicInteger();
  private final Certificate authority;
  private final SSLServerSocket socket;

  /**
   * @param name the host that the certificate is for
   * @param validity how long the certificate is still good; negative when it has expired
   */
  TlsServer(String protocol, String name, Duration validity)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair root = keyPair();
    KeyPair own = keyPair();
    Instant until = Instant.now().plus(validity);
    authority =
        signed(
            certificate(AUTHORITY, Instant.now().plus(Duration.ofDays(1)), root)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true)),
            root);
    Certificate certificate =
        signed(
            certificate(new X500Name("CN=Server"), until, own)
                .addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, name))),
            root);
    socket = socket(protocol, own, certificate);
    Thread.ofVirtual().start(this::serve);
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder certificate(X500Name name, Instant until, KeyPair keys) {
    return new JcaX509v3CertificateBuilder(
        AUTHORITY,
        BigInteger.valueOf(System.nanoTime()),
        Date.from(until.minus(Duration.ofDays(10))),
        Date.from(until),
        name,
        keys.getPublic());
  }

  private static Certificate signed(X509v3CertificateBuilder certificate, KeyPair by)
      throws OperatorCreationException, GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            certificate.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static SSLServerSocket socket(String protocol, KeyPair own, Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore keys = empty();
    keys.setKeyEntry("server", own.getPrivate(), PASSWORD, new Certificate[] {certificate});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    SSLServerSocket made =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    made.setEnabledProtocols(new String[] {protocol});
    return made;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (SSLSocket client = (SSLSocket) socket.accept()) {
        client.setSoTimeout(5_000);
        client.startHandshake();
        handshakes.incrementAndGet();
        client.getInputStream().read();
      } catch (IOException _) {
        // A client that was refused, or the end.
      }
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Trusts the authority of this server and no other. */
  X509TrustManager trust() throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = empty();
    trusted.setCertificateEntry("authority", authority);
    factory.init(trusted);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
