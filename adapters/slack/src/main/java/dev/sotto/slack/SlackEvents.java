package dev.sotto.slack;

import com.google.gson.JsonObject;
import com.slack.api.Slack;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.request.builtin.EventRequest;
import com.slack.api.bolt.request.builtin.SlashCommandRequest;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.request.SocketModeRequest;
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Bolt app: what Slack sends goes into the inbox. Everything that is none of ours is
 * acknowledged, or Slack would repeat it.
 */
final class SlackEvents {
  private final App app;
  private final SocketModeRequestParser parser;
  private final SlackTranslator translator;
  private final Inbox inbox;

  SlackEvents(Slack slack, SlackTranslator translator, Inbox inbox) {
    this.translator = translator;
    this.inbox = inbox;
    AppConfig config =
        AppConfig.builder()
            .slack(slack)
            .executorServiceProvider(slack.getConfig().getExecutorServiceProvider())
            .build();
    this.app = new App(config, slack, new ArrayList<>(List.of((request, _, _) -> accept(request))));
    this.parser = new SocketModeRequestParser(config);
  }

  /**
   * Takes one message from the socket.
   *
   * @return what to acknowledge it with; empty when it wants no answer
   * @throws Exception it was not kept and may not be acknowledged
   */
  Optional<String> take(String message) throws Exception {
    SocketModeRequest request = parser.parse(message);
    if (request == null || request.getEnvelope().getEnvelopeId() == null) {
      return Optional.empty();
    }
    if (request.getBoltRequest() != null) {
      app.run(request.getBoltRequest());
    }
    JsonObject acknowledgement = new JsonObject();
    acknowledgement.addProperty("envelope_id", request.getEnvelope().getEnvelopeId());
    return Optional.of(acknowledgement.toString());
  }

  void close() {
    app.stop();
  }

  private Response accept(Request<?> request) {
    translate(request).ifPresent(inbox::accept);
    return Response.ok();
  }

  private Optional<ChatEvent> translate(Request<?> request) {
    return switch (request) {
      case EventRequest event -> translator.event(payload(event));
      case SlashCommandRequest command -> translator.command(payload(command));
      case BlockActionRequest press -> translator.press(payload(press));
      default -> Optional.empty();
    };
  }

  private static JsonObject payload(Request<?> request) {
    return SlackJson.parse(request.getRequestBodyAsString());
  }
}
