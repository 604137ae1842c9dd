package dev.sotto.model;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A throw-away certificate authority for servers on 127.0.0.1. */
public final class PrivateAuthority {
  private static final char[] NO_PASSWORD = {};

  private final KeyPair keys = keyPair();
  private final AtomicInteger serial = new AtomicInteger(1);
  private final X500Name name = new X500Name("CN=test authority");
  private final X509Certificate certificate = issue(name, keys, true);

  /** Writes the authority's certificate as PEM. */
  public Path pem(Path folder) throws IOException, GeneralSecurityException {
    return write(folder.resolve("ca.pem"), "CERTIFICATE", certificate.getEncoded());
  }

  /**
   * Writes {@code server.crt} and {@code server.key} of a server on 127.0.0.1, for programs that
   * read files.
   */
  public void writeServer(Path folder) throws IOException, GeneralSecurityException {
    KeyPair own = keyPair();
    X509Certificate issued = issue(new X500Name("CN=127.0.0.1"), own, false);
    write(folder.resolve("server.crt"), "CERTIFICATE", issued.getEncoded());
    Path key = write(folder.resolve("server.key"), "PRIVATE KEY", own.getPrivate().getEncoded());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  private static Path write(Path file, String kind, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, body));
  }

  /** A server's context with a certificate for 127.0.0.1. */
  public SSLContext server() throws GeneralSecurityException, IOException {
    KeyPair own = keyPair();
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    PrivateKey key = own.getPrivate();
    var chain = new Certificate[] {issue(new X500Name("CN=127.0.0.1"), own, false), certificate};
    store.setKeyEntry("server", key, NO_PASSWORD, chain);
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, NO_PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private X509Certificate issue(X500Name subject, KeyPair subjectKeys, boolean authority) {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(serial.getAndIncrement()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            subjectKeys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
