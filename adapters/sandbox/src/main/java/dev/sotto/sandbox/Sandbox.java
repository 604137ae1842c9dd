package dev.sotto.sandbox;

import dev.sotto.sandbox.page.Page;
import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * The running sandbox: one HTTPS server on 127.0.0.1 that speaks TLS 1.3 and nothing older, with
 * every platform behind it. Its certificate authority is new at each start.
 */
public final class Sandbox implements AutoCloseable {
  private static final Duration IDLE = Duration.ofMinutes(3);
  private static final int MOST_THREADS = 20_000;
  private static final int MOST_FRAME_BYTES = 1024 * 1024;

  private final Certificates certificates = new Certificates(Instant.now());
  private final Server server = new Server(threads());
  private final ServerConnector connector;
  private final List<Side> sides;
  private final URI url;

  private Sandbox(int port, int shown, Optional<Page> page, List<Side> sides) {
    this.sides = sides;
    connector = connector(port);
    server.addConnector(connector);
    listen();
    url = URI.create("https://localhost:" + (shown == 0 ? connector.getPort() : shown));
    ServerWebSocketContainer sockets = ServerWebSocketContainer.ensure(server);
    sockets.setIdleTimeout(Duration.ZERO);
    sockets.setMaxTextMessageSize(MOST_FRAME_BYTES);
    List<Handler> handlers = new ArrayList<>();
    sides.forEach(side -> handlers.add(side.attach(url, sockets)));
    page.ifPresent(it -> handlers.add(it.attach(url, sides, sockets)));
    server.setHandler(new Handler.Sequence(handlers));
    run(server::start);
  }

  /**
   * Starts with the given platforms and closes them in the end.
   *
   * @param port 0 takes a free one
   * @throws UncheckedIOException the port is taken
   */
  public static Sandbox start(int port, Side... sides) {
    return new Sandbox(port, 0, Optional.empty(), List.of(sides));
  }

  /** Starts at a free port, and says of itself that it is at another, behind which it stands. */
  public static Sandbox behind(int shown, Side... sides) {
    return new Sandbox(0, shown, Optional.empty(), List.of(sides));
  }

  /** Starts like {@link #start(int, Side...)}, with a web page at {@link Page#address}. */
  public static Sandbox start(int port, Page page, Side... sides) {
    return new Sandbox(port, 0, Optional.of(page), List.of(sides));
  }

  /** The certificate that a client has to trust, in PEM. */
  public String certificateAuthority() {
    return certificates.authority();
  }

  /** Where it listens: {@code https://localhost:port}, without a path. */
  public URI url() {
    return url;
  }

  /** At which it listens itself. */
  public int port() {
    return connector.getPort();
  }

  /** Every platform, in the order in which people see them. */
  public List<Side> sides() {
    return sides;
  }

  /** Goes off the net: every connection ends and new ones are refused, until {@link #plug}. */
  public void unplug() {
    run(connector::stop);
  }

  /** Comes back at the same address, with everything it knew. */
  public void plug() {
    run(connector::start);
  }

  @Override
  public void close() {
    sides.forEach(Side::close);
    run(server::stop);
  }

  private static VirtualThreadPool threads() {
    VirtualThreadPool threads = new VirtualThreadPool(MOST_THREADS);
    threads.setName("sandbox");
    return threads;
  }

  private ServerConnector connector(int port) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(certificates.keys());
    tls.setKeyStorePassword("");
    tls.setIncludeProtocols("TLSv1.3");
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.addCustomizer(new SecureRequestCustomizer());
    ServerConnector made =
        new ServerConnector(
            server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
    made.setHost("127.0.0.1");
    made.setPort(port);
    made.setIdleTimeout(IDLE.toMillis());
    return made;
  }

  private void listen() {
    try {
      connector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("port " + connector.getPort() + " is taken", e);
    }
    connector.setPort(connector.getLocalPort());
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void run(Step step) {
    try {
      step.run();
    } catch (Exception e) {
      throw new IllegalStateException("the sandbox's server", e);
    }
  }
}
