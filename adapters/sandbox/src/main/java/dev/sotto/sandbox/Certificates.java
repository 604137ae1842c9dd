package dev.sotto.sandbox;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority that signs one certificate, for this machine's loopback addresses, and
 * then forgets its key.
 */
public final class Certificates {
  private final X500Name name;
  private final Instant now;
  private final Duration validity;
  private final X509Certificate authority;
  private final KeyStore keys;

  /** Of the sandbox, for 30 days. */
  Certificates(Instant now) {
    this("Sotto sandbox authority", now, Duration.ofDays(30));
  }

  /**
   * Makes both.
   *
   * @param name of the authority
   * @param validity of both, from now on
   */
  public Certificates(String name, Instant now, Duration validity) {
    this.name = new X500Name("CN=" + name);
    this.now = now;
    this.validity = validity;
    try {
      SecureRandom random = new SecureRandom();
      KeyPair root = pair();
      KeyPair leaf = pair();
      authority = sign(blank(this.name, root, random), root.getPrivate(), authorityMarks());
      X509Certificate server =
          sign(blank(new X500Name("CN=localhost"), leaf, random), root.getPrivate(), marks());
      keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "server", leaf.getPrivate(), new char[0], new X509Certificate[] {server, authority});
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("this JDK makes no EC certificates", e);
    }
  }

  /** The server's key and chain, under an empty password. */
  public KeyStore keys() {
    return keys;
  }

  /** The authority's certificate in PEM. */
  public String authority() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate we made has no encoding", e);
    }
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private JcaX509v3CertificateBuilder blank(X500Name subject, KeyPair keys, SecureRandom random) {
    return new JcaX509v3CertificateBuilder(
        name,
        new BigInteger(120, random),
        Date.from(now.minus(Duration.ofMinutes(5))),
        Date.from(now.plus(validity)),
        subject,
        keys.getPublic());
  }

  private record Mark(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

  private static Mark[] authorityMarks() {
    return new Mark[] {
      new Mark(Extension.basicConstraints, true, new BasicConstraints(0)),
      new Mark(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
    };
  }

  private static Mark[] marks() {
    GeneralNames loopback =
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.iPAddress, "::1")
            });
    return new Mark[] {
      new Mark(Extension.basicConstraints, true, new BasicConstraints(false)),
      new Mark(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
      new Mark(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
      new Mark(Extension.subjectAlternativeName, false, loopback)
    };
  }

  private static X509Certificate sign(
      JcaX509v3CertificateBuilder blank, PrivateKey key, Mark... marks)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    for (Mark mark : marks) {
      blank.addExtension(mark.id(), mark.critical(), mark.value());
    }
    return new JcaX509CertificateConverter()
        .getCertificate(blank.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }
}
