package dev.sotto.slack;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A server that shakes hands with one version of TLS and one certificate, and says nothing. */
final class TlsServer implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  final AtomicInteger handshakes = new AtomicInteger();
  final AtomicInteger refused = new AtomicInteger();
  private final KeyStore keys;
  private final SSLServerSocket socket;

  /**
   * @param certificate what the JDK's keytool is told of it
   */
  TlsServer(Path folder, String protocol, String... certificate) throws Exception {
    keys = keys(folder.resolve("server" + System.nanoTime() + ".p12"), certificate);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    socket.setEnabledProtocols(new String[] {protocol});
    Thread.ofVirtual().start(this::serve);
  }

  private static KeyStore keys(Path file, String... certificate) throws Exception {
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=Server",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    keytool.command().addAll(List.of(certificate));
    if (keytool.redirectErrorStream(true).start().waitFor() != 0) {
      throw new IllegalStateException("keytool made no certificate");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (SSLSocket client = (SSLSocket) socket.accept()) {
        client.setSoTimeout(2_000);
        client.startHandshake();
        handshakes.incrementAndGet();
        client.getInputStream().read();
      } catch (IOException e) {
        refused.incrementAndGet();
      }
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Trusts the certificate of this server and no other. */
  X509TrustManager trust() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("mykey"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
