package dev.sotto.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * A provider on loopback over real TLS that answers as scripted, one script a request. Thread-safe.
 */
public final class ModelServer implements AutoCloseable {
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Script> scripts = new ArrayDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** What was asked. */
  public record Request(String path, String key, String body) {}

  /** How one request is answered. */
  @FunctionalInterface
  public interface Script {
    void answer(HttpExchange exchange, Request request) throws IOException;
  }

  private ModelServer(SSLContext context, String protocol) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            var ssl = context.getSupportedSSLParameters();
            ssl.setProtocols(new String[] {protocol});
            parameters.setSSLParameters(ssl);
          }
        });
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** With a certificate of this authority. */
  public static ModelServer start(PrivateAuthority authority)
      throws IOException, GeneralSecurityException {
    return start(authority.server());
  }

  static ModelServer start(SSLContext context) throws IOException {
    return new ModelServer(context, "TLSv1.3");
  }

  /** One that speaks TLS 1.2 and nothing newer. */
  public static ModelServer startOutdated(SSLContext context) throws IOException {
    return new ModelServer(context, "TLSv1.2");
  }

  /** What the next request gets; the last script answers all that follow. */
  public synchronized ModelServer then(Script script) {
    scripts.add(script);
    return this;
  }

  /** Forgets every script. */
  public synchronized ModelServer anew() {
    scripts.clear();
    return this;
  }

  /** Forgets every script for one that answers all requests from now on. */
  public synchronized void always(Script script) {
    anew().then(script);
  }

  ModelServer then(HttpHandler script) {
    return then((exchange, _) -> script.handle(exchange));
  }

  /** A whole stream of the dialect. */
  public ModelServer thenSays(Dialect dialect, String... pieces) {
    return then(
        exchange -> stream(exchange, dialect.begin(), pieces(dialect, pieces), dialect.end()));
  }

  public ModelServer thenRefuses(int status, String body) {
    return then(exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
  }

  /** Answers 200 with these parts, flushed one by one. */
  public static void stream(HttpExchange exchange, String... parts) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (String part : parts) {
        out.write(part.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  static String pieces(Dialect dialect, String... texts) {
    return String.join("", List.of(texts).stream().map(dialect::piece).toList());
  }

  /** In the order of their arrival. */
  public List<Request> requests() {
    return Collections.unmodifiableList(requests);
  }

  public String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    Request request =
        new Request(
            exchange.getRequestURI().getPath(),
            headers.getFirst("Authorization")
                + headers.getFirst("X-api-key")
                + headers.getFirst("X-goog-api-key"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request);
    next().answer(exchange, request);
  }

  private synchronized Script next() {
    return scripts.size() > 1 ? scripts.remove() : scripts.element();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
