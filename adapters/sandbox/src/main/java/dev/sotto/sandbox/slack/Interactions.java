package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** What people do besides writing: commands, buttons, modals. */
final class Interactions {
  private static final String INTERACTIVE = "interactive";

  private final Workspace workspace;
  private final SocketMode sockets;
  private final Responses responses;
  private final Dialogs dialogs;
  private final Events events;

  Interactions(
      Workspace workspace,
      SocketMode sockets,
      Responses responses,
      Dialogs dialogs,
      Events events) {
    this.workspace = workspace;
    this.sockets = sockets;
    this.responses = responses;
    this.dialogs = dialogs;
    this.events = events;
  }

  /** A slash command. Slack has none inside threads, and says so. */
  void command(String person, Room room, Optional<String> thread, String line) {
    String[] words = line.strip().split("\\s+", 2);
    Responses.Origin origin = new Responses.Origin(person, room, thread, Optional.empty());
    if (thread.isPresent()) {
      responses.tell(origin, words[0] + " is not supported in threads. Sorry!");
      return;
    }
    ObjectNode payload =
        Json.object(
            "token",
            "sandbox",
            "team_id",
            Team.ID,
            "team_domain",
            Team.DOMAIN,
            "channel_id",
            room.id(),
            "channel_name",
            room.direct() ? "directmessage" : room.name(),
            "user_id",
            person,
            "user_name",
            Team.person(person).name(),
            "command",
            words[0],
            "text",
            words.length > 1 ? Mrkdwn.wire(words[1]) : "",
            "api_app_id",
            Team.APP,
            "is_enterprise_install",
            "false",
            "response_url",
            responses.url(origin),
            "trigger_id",
            dialogs.trigger(person));
    sockets.ask("slash_commands", payload, outcome -> commanded(origin, words[0], outcome));
  }

  private void commanded(Responses.Origin origin, String command, SocketMode.Outcome outcome) {
    switch (outcome) {
      case SocketMode.Outcome.Acknowledged(var payload) -> {
        if (payload.has("text") || payload.has("blocks")) {
          responses.show(origin, payload);
        }
      }
      case SocketMode.Outcome.Silence() -> failed(origin, command, "operation_timeout");
      case SocketMode.Outcome.Absence() -> failed(origin, command, "dispatch_failed");
    }
  }

  private void failed(Responses.Origin origin, String command, String error) {
    responses.tell(origin, command + " failed with the error \"" + error + "\"");
  }

  /** A press of a button. */
  void press(String person, Post post, Blocks.Press press) {
    Room room = workspace.room(post.channel());
    Responses.Origin origin =
        new Responses.Origin(person, room, post.thread(), Optional.of(post.ts()));
    boolean ephemeral = post.only().isPresent();
    ObjectNode payload =
        interaction("block_actions", person)
            .put("response_url", responses.url(origin))
            .put("trigger_id", dialogs.trigger(person));
    payload.set(
        "container",
        Json.object(
            "type", "message",
            "message_ts", post.ts(),
            "thread_ts", post.thread(),
            "channel_id", room.id(),
            "is_ephemeral", ephemeral));
    payload.set(
        "channel",
        Json.object("id", room.id(), "name", room.direct() ? "directmessage" : room.name()));
    if (!ephemeral) {
      payload.set("message", workspace.json(post, true));
    }
    payload.set("state", Json.object("values", Json.object()));
    payload.set(
        "actions", Json.array(press.action().deepCopy().put("action_ts", workspace.ids().ts())));
    sockets.ask(INTERACTIVE, payload, outcome -> pressed(origin, outcome));
  }

  private void pressed(Responses.Origin origin, SocketMode.Outcome outcome) {
    switch (outcome) {
      case SocketMode.Outcome.Acknowledged _ -> {}
      case SocketMode.Outcome.Silence(), SocketMode.Outcome.Absence() ->
          responses.tell(origin, "This app is not responding. Try again.");
    }
  }

  /** A modal, sent off. It stays open, with an error, when the app does not take it. */
  void submit(String person, String modal, Map<String, String> values) {
    Dialogs.Dialog dialog =
        dialogs
            .top(person)
            .filter(open -> open.id().equals(modal))
            .orElseThrow(() -> new Refusal("no such modal is open"));
    ObjectNode payload =
        interaction("view_submission", person).put("trigger_id", dialogs.trigger(person));
    payload.set("view", Forms.filled(dialog, values));
    payload.set("response_urls", Json.array());
    sockets.ask(INTERACTIVE, payload, outcome -> submitted(dialog, outcome));
  }

  private void submitted(Dialogs.Dialog dialog, SocketMode.Outcome outcome) {
    if (outcome instanceof SocketMode.Outcome.Acknowledged(var payload)) {
      follow(dialog, payload);
    }
    events.shown();
  }

  private void follow(Dialogs.Dialog dialog, JsonNode payload) {
    switch (payload.path("response_action").asText()) {
      case "update" -> dialogs.update(dialog.id(), Optional.empty(), payload.path("view"));
      case "push" -> dialogs.push(dialog.person(), payload.path("view"));
      case "clear" -> dialogs.close(dialog.person(), true);
      case "errors" -> {}
      default -> dialogs.close(dialog.person(), false);
    }
  }

  private static ObjectNode interaction(String type, String person) {
    return Json.object(
        "type",
        type,
        "token",
        "sandbox",
        "api_app_id",
        Team.APP,
        "team",
        Team.brief(),
        "user",
        Team.mention(person),
        "is_enterprise_install",
        false);
  }
}
