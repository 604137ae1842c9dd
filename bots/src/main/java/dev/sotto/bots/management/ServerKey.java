package dev.sotto.bots.management;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.EnumSet;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** A server's certificates and their private key, from the PEM files of an operator. */
public final class ServerKey {
  private static final String CERTIFICATE = "sotto.management.certificate: ";
  private static final String PRIVATE_KEY = "sotto.management.private-key: ";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private ServerKey() {}

  /**
   * Reads both, under an empty password.
   *
   * @param certificate the server's, and after it those that vouch for it
   * @param privateKey readable by its owner alone
   * @throws IllegalArgumentException one of them cannot be used; the message names the property
   */
  public static KeyStore read(Path certificate, Path privateKey) {
    Certificate[] chain = chain(certificate);
    PrivateKey key = key(privateKey);
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry("server", key, new char[0], chain);
      return keys;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(PRIVATE_KEY + "does not go with the certificate", e);
    }
  }

  private static Certificate[] chain(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
      if (chain.length > 0) {
        return chain;
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(CERTIFICATE + file + " holds no readable certificate", e);
    }
    throw new IllegalArgumentException(CERTIFICATE + file + " holds no certificate");
  }

  private static PrivateKey key(Path file) {
    try {
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
        throw new IllegalArgumentException(
            PRIVATE_KEY + file + " can be read by others; run: chmod 600 " + file);
      }
      return parsed(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(PRIVATE_KEY + file + " holds no readable key", e);
    }
  }

  private static PrivateKey parsed(Path file) throws IOException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try (BufferedReader in = Files.newBufferedReader(file);
        PEMParser pem = new PEMParser(in)) {
      for (Object found = pem.readObject(); found != null; found = pem.readObject()) {
        if (found instanceof PrivateKeyInfo plain) {
          return converter.getPrivateKey(plain);
        }
        if (found instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
      }
    }
    throw new IllegalArgumentException(
        PRIVATE_KEY + file + " holds no private key in PEM without a passphrase");
  }
}
