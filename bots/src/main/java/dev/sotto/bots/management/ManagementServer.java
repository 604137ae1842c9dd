package dev.sotto.bots.management;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** An HTTPS server on 127.0.0.1 that speaks TLS 1.3 and nothing older, and answers GET alone. */
public final class ManagementServer implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final int MOST_THREADS = 64;
  private static final int MOST_HEADER_BYTES = 8 * 1024;

  private final Server server;
  private final ServerConnector connector;

  private ManagementServer(int port, KeyStore keys, Map<String, Supplier<Answer>> pages) {
    server = new Server(new VirtualThreadPool(MOST_THREADS));
    connector = connector(port, keys);
    server.addConnector(connector);
    server.setHandler(new Pages(Map.copyOf(pages)));
  }

  /**
   * Begins to listen.
   *
   * @param port 0 takes a free one
   * @param keys the key and its certificates, under an empty password
   * @param pages what is answered, by path
   * @throws IllegalArgumentException nobody can listen there
   */
  public static ManagementServer start(
      int port, KeyStore keys, Map<String, Supplier<Answer>> pages) {
    ManagementServer made = new ManagementServer(port, keys, pages);
    try {
      made.server.start();
      return made;
    } catch (Exception e) {
      made.close();
      throw new IllegalArgumentException(
          "sotto.management.port: nobody can listen on 127.0.0.1:" + port + "; is it taken?", e);
    }
  }

  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the management endpoint does not stop", e);
    }
  }

  private ServerConnector connector(int port, KeyStore keys) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(keys);
    tls.setKeyStorePassword("");
    tls.setIncludeProtocols("TLSv1.3");
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MOST_HEADER_BYTES);
    ServerConnector made =
        new ServerConnector(
            server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
    made.setHost("127.0.0.1");
    made.setPort(port);
    made.setIdleTimeout(IDLE.toMillis());
    return made;
  }

  private static final class Pages extends Handler.Abstract {
    private final Map<String, Supplier<Answer>> pages;

    Pages(Map<String, Supplier<Answer>> pages) {
      this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Optional<Supplier<Answer>> page =
          Optional.ofNullable(pages.get(request.getHttpURI().getDecodedPath()));
      if (page.isEmpty()) {
        return false;
      }
      if (!HttpMethod.GET.is(request.getMethod())) {
        response.getHeaders().put(HttpHeader.ALLOW, "GET");
        Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
        return true;
      }
      Answer answer = page.get().get();
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      response.setStatus(answer.status());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }
}
