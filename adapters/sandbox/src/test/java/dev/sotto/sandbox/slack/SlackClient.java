package dev.sotto.sandbox.slack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.Trust;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Slack client made of the JDK alone: the Web API by forms, Socket Mode by a WebSocket. */
final class SlackClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SlackServer slack;
  private final HttpClient http;

  SlackClient(Sandbox sandbox, SlackServer slack) {
    this.slack = slack;
    this.http = Trust.client(sandbox);
  }

  HttpClient http() {
    return http;
  }

  /** Calls a method with the bot token; fields are names and values in turn. */
  JsonNode call(String method, String... fields) throws Exception {
    return json(send(method, slack.botToken(), fields));
  }

  HttpResponse<String> send(String method, String token, String... fields) throws Exception {
    String form =
        IntStream.range(0, fields.length / 2)
            .mapToObj(i -> fields[2 * i] + "=" + encoded(fields[2 * i + 1]))
            .collect(Collectors.joining("&"));
    return http.send(
        HttpRequest.newBuilder(slack.apiUrl().resolve(method))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .timeout(Duration.ofSeconds(5))
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  JsonNode post(String url, String body) throws Exception {
    return json(
        http.send(
            HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build(),
            BodyHandlers.ofString()));
  }

  static JsonNode json(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** A new connection, greeted. */
  Socket connect(boolean acknowledging) throws Exception {
    String url = json(send("apps.connections.open", slack.appToken())).path("url").asText();
    Socket socket = new Socket(acknowledging);
    socket.open(http, url);
    await().until(() -> !socket.all("hello").isEmpty());
    return socket;
  }

  /** A new connection to an address, not waited for. */
  Socket socket(String url) {
    Socket socket = new Socket(true);
    socket.open(http, url);
    return socket;
  }

  /** One connection; it acknowledges by itself or not at all. */
  static final class Socket implements WebSocket.Listener {
    private final boolean acknowledging;
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger pongs = new AtomicInteger();
    private final AtomicInteger closings = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private final List<WebSocket> socket = new CopyOnWriteArrayList<>();

    private Socket(boolean acknowledging) {
      this.acknowledging = acknowledging;
    }

    void open(HttpClient http, String url) {
      socket.add(http.newWebSocketBuilder().buildAsync(URI.create(url), this).join());
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        receive(from, partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(from);
    }

    private void receive(WebSocket from, String text) {
      JsonNode message = Json.parse(text).orElseThrow();
      received.add(message);
      if (acknowledging && message.has("envelope_id")) {
        var _ =
            from.sendText(Json.object("envelope_id", message.path("envelope_id")).toString(), true);
      }
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
      pongs.incrementAndGet();
      from.request(1);
      return CompletableFuture.completedStage(from);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closings.incrementAndGet();
      return CompletableFuture.completedStage(from);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closings.incrementAndGet();
    }

    void ping() {
      socket.getFirst().sendPing(ByteBuffer.wrap(new byte[] {1})).join();
    }

    void acknowledge(JsonNode envelope, JsonNode payload) {
      socket
          .getFirst()
          .sendText(
              Json.object("envelope_id", envelope.path("envelope_id"), "payload", payload)
                  .toString(),
              true)
          .join();
    }

    int pongs() {
      return pongs.get();
    }

    boolean closed() {
      return closings.get() > 0;
    }

    void close() {
      socket.getFirst().sendClose(1000, "").join();
    }

    /** What was received of one type. */
    List<JsonNode> all(String type) {
      return received.stream()
          .filter(message -> message.path("type").asText().equals(type))
          .toList();
    }

    /** The events received, of one type, without those that the bot caused. */
    List<JsonNode> events(String type) {
      return all("events_api").stream()
          .map(envelope -> envelope.at("/payload/event"))
          .filter(event -> event.path("type").asText().equals(type) && !event.has("bot_id"))
          .toList();
    }

    /** Waits for the first envelope of a type. */
    JsonNode first(String type) {
      await().until(() -> !all(type).isEmpty());
      return all(type).getFirst();
    }

    static Stream<String> eventIds(List<JsonNode> envelopes) {
      return envelopes.stream().map(envelope -> envelope.at("/payload/event_id").asText());
    }
  }
}
