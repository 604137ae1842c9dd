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
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Bolt app: what Slack sends goes into the inbox. Everything that is none of ours is
 * acknowledged, or Slack would repeat it.
 */
final class SlackEvents implements SlackSocket.Session {
  private static final Set<String> TRANSLATED = Set.of("message", "app_mention");

  private static final Logger log = LoggerFactory.getLogger(SlackEvents.class);

  private final App app;
  private final SocketModeRequestParser parser;
  private final SlackTranslator translator;
  private final Inbox inbox;
  private final SlackOrder order;
  private final SlackCatchUp catchUp;

  SlackEvents(
      Slack slack,
      SlackTranslator translator,
      Inbox inbox,
      SlackOrder order,
      SlackCatchUp catchUp) {
    this.translator = translator;
    this.inbox = inbox;
    this.order = order;
    this.catchUp = catchUp;
    AppConfig config =
        AppConfig.builder()
            .slack(slack)
            .executorServiceProvider(slack.getConfig().getExecutorServiceProvider())
            .build();
    this.app = new App(config, slack, new ArrayList<>(List.of((request, _, _) -> accept(request))));
    this.parser = new SocketModeRequestParser(config);
  }

  @Override
  public Optional<Address> place(String message) {
    JsonObject envelope = SlackJson.parse(message);
    return SlackJson.text(envelope, "type").equals("events_api") && isOurs(envelope)
        ? translator.event(SlackJson.object(envelope, "payload")).map(ChatEvent::address)
        : Optional.empty();
  }

  /**
   * Takes one message from the socket.
   *
   * @return what to acknowledge it with; empty when it wants no answer
   * @throws Exception it was not kept and may not be acknowledged
   */
  @Override
  public Optional<String> take(String message) throws Exception {
    JsonObject envelope = SlackJson.parse(message);
    String id = SlackJson.text(envelope, "envelope_id");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    if (isOurs(envelope)) {
      Optional<Request<?>> request = read(message);
      if (request.isPresent()) {
        app.run(request.get());
      }
    }
    JsonObject acknowledgement = new JsonObject();
    acknowledgement.addProperty("envelope_id", id);
    return Optional.of(acknowledgement.toString());
  }

  /**
   * Bolt's reading of a message; empty where it has another shape than Slack's, in whatever way
   * Bolt says so: it cannot be kept, however often it is repeated.
   */
  private Optional<Request<?>> read(String message) {
    try {
      return Optional.of(parser.parse(message).getBoltRequest());
    } catch (RuntimeException e) {
      log.warn("Slack: something that cannot be read is left out ({})", e.getClass().getName());
      return Optional.empty();
    }
  }

  /** Bolt would write the content of what it does not know into its log. */
  private static boolean isOurs(JsonObject envelope) {
    JsonObject payload = SlackJson.object(envelope, "payload");
    return switch (SlackJson.text(envelope, "type")) {
      case "events_api" ->
          SlackJson.text(payload, "type").equals("event_callback")
              && TRANSLATED.contains(SlackJson.text(SlackJson.object(payload, "event"), "type"));
      case "slash_commands" -> !SlackJson.text(payload, "command").isEmpty();
      case "interactive" -> SlackJson.text(payload, "type").equals("block_actions");
      default -> false;
    };
  }

  @Override
  public void missed() {
    catchUp.plan();
  }

  @Override
  public void resumed() {
    catchUp.begin();
  }

  /** Asks for nothing any more; what has arrived is still kept. */
  void leave() {
    catchUp.close();
    order.close();
  }

  void close() {
    app.stop();
  }

  private Response accept(Request<?> request) {
    translate(request).ifPresent(this::keep);
    return Response.ok();
  }

  private void keep(ChatEvent event) {
    if (event instanceof ChatEvent.Command) {
      var _ = inbox.accept(event);
    } else {
      order.keep(event, () -> catchUp.precede(event));
    }
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
