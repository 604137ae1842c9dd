package dev.sotto.sandbox.discord;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
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
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** A Discord client made of the JDK alone, which does nothing by itself. */
final class BotClient {
  static final long ALL = 1 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 14 | 1 << 15;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DiscordServer discord;
  private final HttpClient http;

  BotClient(Sandbox sandbox, DiscordServer discord) {
    this.discord = discord;
    http = Trust.client(sandbox);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.isEmpty() ? "{}" : text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> send(String method, String path, String body) {
    return send(method, path, body, "Bot " + discord.botToken(), "application/json");
  }

  HttpResponse<String> send(
      String method, String path, String body, String authorization, String type) {
    HttpRequest request =
        HttpRequest.newBuilder(discord.apiUrl().resolve(path))
            .header("Authorization", authorization)
            .header("Content-Type", type)
            .timeout(Duration.ofSeconds(10))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return exchange(request);
  }

  HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  JsonNode call(String method, String path, String body) {
    return json(send(method, path, body).body());
  }

  JsonNode get(String path) {
    return call("GET", path, "");
  }

  JsonNode post(String channel, String text) {
    return call("POST", "channels/" + channel + "/messages", "{\"content\":\"" + text + "\"}");
  }

  Line connect(String query) {
    Line line = new Line();
    line.socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(discord.gatewayUrl() + query), line)
            .join();
    return line;
  }

  /** Connects, says who it is, and waits for the guild. */
  Line identified(long intents) {
    Line line = connect("?v=10&encoding=json");
    line.identify(discord.botToken(), intents);
    line.event("GUILD_CREATE");
    return line;
  }

  /** One connection to the Gateway and what came over it. */
  static final class Line implements WebSocket.Listener {
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private final Inflater inflater = new Inflater();
    private @Nullable WebSocket socket;

    void send(String payload) {
      Objects.requireNonNull(socket).sendText(payload, true).join();
    }

    void identify(String token, long intents) {
      send(
          "{\"op\":2,\"d\":{\"token\":\"%s\",\"intents\":%d,\"properties\":{}}}"
              .formatted(token, intents));
    }

    void identify(String token, long intents, int shard, int shards) {
      send(
          "{\"op\":2,\"d\":{\"token\":\"%s\",\"intents\":%d,\"properties\":{},\"shard\":[%d,%d]}}"
              .formatted(token, intents, shard, shards));
    }

    void resume(String token, String session, long sequence) {
      send(
          "{\"op\":6,\"d\":{\"token\":\"%s\",\"session_id\":\"%s\",\"seq\":%d}}"
              .formatted(token, session, sequence));
    }

    void hangUp() {
      Objects.requireNonNull(socket).abort();
    }

    List<JsonNode> received() {
      return received;
    }

    List<String> events() {
      return received.stream()
          .map(payload -> payload.path("t").asText(""))
          .filter(type -> !type.isEmpty() && !type.equals("null"))
          .toList();
    }

    long lastSequence() {
      return received.stream().mapToLong(payload -> payload.path("s").asLong()).max().orElse(0);
    }

    /** Waits for the first event of that type and returns its data. */
    JsonNode event(String type) {
      await()
          .atMost(Duration.ofSeconds(5))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> events().contains(type));
      return received.stream()
          .filter(payload -> payload.path("t").asText("").equals(type))
          .findFirst()
          .orElseThrow()
          .path("d");
    }

    JsonNode operation(int number) {
      await()
          .atMost(Duration.ofSeconds(5))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> received.stream().anyMatch(it -> it.path("op").asInt() == number));
      return received.stream()
          .filter(it -> it.path("op").asInt() == number)
          .findFirst()
          .orElseThrow()
          .path("d");
    }

    /** Waits for the end of the connection and returns its code. */
    int closeCode() {
      await()
          .atMost(Duration.ofSeconds(5))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> closed.get() != 0);
      return closed.get();
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received.add(json(text.toString()));
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(
        WebSocket webSocket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      inflater.setInput(bytes);
      byte[] plain = new byte[64 * 1024];
      try {
        int length = inflater.inflate(plain);
        text.append(new String(plain, 0, length, StandardCharsets.UTF_8));
      } catch (DataFormatException e) {
        throw new IllegalStateException(e);
      }
      if (last) {
        received.add(json(text.toString()));
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      closed.set(code);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.set(1006);
    }
  }
}
