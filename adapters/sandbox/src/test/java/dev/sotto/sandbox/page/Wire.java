package dev.sotto.sandbox.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** HTTP and WebSockets with JSON, made of the JDK alone. */
final class Wire {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;

  Wire(HttpClient http) {
    this.http = http;
  }

  static JsonNode json(String text) {
    try {
      return text.isEmpty() ? JSON.missingNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this is no JSON", e);
    }
  }

  static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      return json(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Connects and hears every message, each on its own virtual thread. */
  WebSocket connect(String url, BiConsumer<WebSocket, JsonNode> heard) {
    return http.newWebSocketBuilder().buildAsync(URI.create(url), new Ear(heard)).join();
  }

  private static final class Ear implements WebSocket.Listener {
    private final BiConsumer<WebSocket, JsonNode> heard;
    private final StringBuilder partial = new StringBuilder();

    Ear(BiConsumer<WebSocket, JsonNode> heard) {
      this.heard = heard;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        JsonNode message = json(partial.toString());
        partial.setLength(0);
        Thread.startVirtualThread(() -> heard.accept(from, message));
      }
      from.request(1);
      return null;
    }
  }
}
