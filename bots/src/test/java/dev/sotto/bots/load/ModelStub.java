package dev.sotto.bots.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sotto.model.PrivateAuthority;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model behind OpenAI's protocol that answers the turn it is asked as a script says. */
final class ModelStub implements AutoCloseable {
  private static final int BACKLOG = 1_024;
  private static final Pattern TURN = Pattern.compile("turn-(\\d+)");

  private final Script script;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** How a turn is answered. */
  interface Script {
    void answer(int turn, Voice voice) throws IOException, InterruptedException;
  }

  /** Says one piece of a streamed answer. */
  interface Voice {
    void say(String piece) throws IOException;
  }

  ModelStub(PrivateAuthority authority, Script script)
      throws IOException, GeneralSecurityException {
    this.script = script;
    server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setHttpsConfigurator(new HttpsConfigurator(authority.server()));
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String baseUrl() {
    return "https://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      script.answer(
          latest(question),
          piece ->
              send(
                  out,
                  "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n"
                      .formatted(piece)));
      send(
          out,
          """
          data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

          data: [DONE]

          """);
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException().initCause(e);
    }
  }

  private static void send(OutputStream out, String events) throws IOException {
    out.write(events.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static int latest(String question) {
    int latest = -1;
    Matcher matcher = TURN.matcher(question);
    while (matcher.find()) {
      latest = Integer.parseInt(matcher.group(1));
    }
    return latest;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
