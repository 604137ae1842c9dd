package dev.sotto.bots;

import dev.sotto.chat.TrustedCertificates;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.postgresql.PGProperty;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.ssl.WrappedFactory;
import org.postgresql.util.PSQLException;

/**
 * Gives the PostgreSQL driver sockets that speak TLS 1.3 and nothing older. They trust the {@code
 * sslrootcert} of the address alone, where one is set, else the authorities of the JDK and those of
 * {@code sotto.trusted-certificates}. The driver itself compares the host's name.
 */
public final class DatabaseTls extends WrappedFactory {
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  /**
   * Called by the driver, which knows it by name.
   *
   * @throws IllegalArgumentException the file of authorities cannot be used
   * @throws PSQLException the files that the address names cannot be used
   */
  public DatabaseTls(Properties settings) throws PSQLException {
    factory = of(settings);
  }

  private static SSLSocketFactory of(Properties settings) throws PSQLException {
    boolean ownFiles =
        PGProperty.SSL_ROOT_CERT.isPresent(settings) || PGProperty.SSL_CERT.isPresent(settings);
    if (ownFiles) {
      return new LibPQFactory(settings);
    }
    String pem = PGProperty.SSL_FACTORY_ARG.getOrDefault(settings);
    TrustedCertificates trust =
        pem == null ? TrustedCertificates.ofTheJdk() : TrustedCertificates.andThoseOf(Path.of(pem));
    return trust.context().getSocketFactory();
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    Socket made = super.createSocket(socket, host, port, autoClose);
    ((SSLSocket) made).setEnabledProtocols(PROTOCOLS);
    return made;
  }
}
