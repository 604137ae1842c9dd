package dev.sotto.sandbox.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.Trust;
import dev.sotto.sandbox.slack.SlackServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The bot on the Slack side: acknowledges what it hears, and does what a test tells it to. */
final class SlackBot {
  private final SlackServer slack;
  private final Wire wire;
  private final List<JsonNode> heard = new CopyOnWriteArrayList<>();

  SlackBot(Sandbox sandbox, SlackServer slack) {
    this.slack = slack;
    wire = new Wire(Trust.client(sandbox));
    connect();
  }

  void connect() {
    String url = post("apps.connections.open", slack.appToken()).path("url").asText();
    wire.connect(url, this::hear);
    await().until(() -> slack.sockets().open() > 0);
  }

  private void hear(WebSocket socket, JsonNode message) {
    heard.add(message);
    if (message.has("envelope_id")) {
      String id = message.path("envelope_id").asText();
      var _ = socket.sendText("{\"envelope_id\":" + Wire.quoted(id) + "}", true);
    }
  }

  /** The payload of the last envelope of a type, waited for. */
  JsonNode heard(String type) {
    await().until(() -> last(type).isPresent());
    return last(type).orElseThrow().path("payload");
  }

  private Optional<JsonNode> last(String type) {
    return heard.reversed().stream()
        .filter(message -> message.path("type").asText().equals(type))
        .findFirst();
  }

  int count(String type) {
    return (int)
        heard.stream().filter(message -> message.path("type").asText().equals(type)).count();
  }

  /** Calls a method; fields are names and values in turn. */
  JsonNode call(String method, String... fields) {
    return post(method, slack.botToken(), fields);
  }

  private JsonNode post(String method, String token, String... fields) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      form.append(fields[i])
          .append('=')
          .append(URLEncoder.encode(fields[i + 1], UTF_8))
          .append('&');
    }
    JsonNode answer =
        wire.send(
            HttpRequest.newBuilder(slack.apiUrl().resolve(method))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString())));
    if (!answer.path("ok").asBoolean()) {
      throw new IllegalStateException(method + ": " + answer);
    }
    return answer;
  }
}
