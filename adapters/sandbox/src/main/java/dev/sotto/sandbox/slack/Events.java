package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Changes;

/** Tells the app, in the words of the Events API, and the people, what has happened. */
final class Events {
  private final Workspace workspace;
  private final SocketMode sockets;
  private final Changes changes;

  Events(Workspace workspace, SocketMode sockets, Changes changes) {
    this.workspace = workspace;
    this.sockets = sockets;
    this.changes = changes;
  }

  /** Adds a message. One that mentions the bot in a channel is two events with two ids. */
  Post posted(Post post) {
    Room room = workspace.room(post.channel());
    room.add(post);
    changes.tell();
    if (post.only().isEmpty() && room.joined()) {
      send(message(post, room));
      if (!room.direct() && !post.by(Team.BOT) && mentionsBot(post)) {
        send(message(post, room).put("type", "app_mention").without("channel_type"));
      }
    }
    return post;
  }

  private static boolean mentionsBot(Post post) {
    return post.content().text().contains("<@" + Team.BOT);
  }

  private ObjectNode message(Post post, Room room) {
    return inRoom(workspace.json(post, true), room).put("event_ts", post.ts());
  }

  /** Tells of a message that says something else than before. */
  Post changed(Post before, Post after) {
    changes.tell();
    Room room = workspace.room(after.channel());
    if (after.only().isEmpty() && room.joined()) {
      String ts = workspace.ids().ts();
      send(
          inRoom(
              Json.object(
                  "type",
                  "message",
                  "subtype",
                  "message_changed",
                  "hidden",
                  true,
                  "ts",
                  ts,
                  "event_ts",
                  ts,
                  "message",
                  workspace.json(after, true),
                  "previous_message",
                  workspace.json(before, true)),
              room));
    }
    return after;
  }

  /** Deletes a message. A root whose thread stays is told of as changed to a tombstone. */
  void deleted(Post post) {
    Room room = workspace.room(post.channel());
    room.remove(post.ts());
    room.find(post.ts())
        .ifPresentOrElse(tombstone -> changed(post, tombstone), () -> gone(post, room));
  }

  private void gone(Post post, Room room) {
    changes.tell();
    if (post.only().isEmpty() && room.joined()) {
      String ts = workspace.ids().ts();
      send(
          inRoom(
              Json.object(
                  "type",
                  "message",
                  "subtype",
                  "message_deleted",
                  "hidden",
                  true,
                  "ts",
                  ts,
                  "event_ts",
                  ts,
                  "deleted_ts",
                  post.ts(),
                  "previous_message",
                  workspace.json(post, true)),
              room));
    }
  }

  private static ObjectNode inRoom(ObjectNode event, Room room) {
    return event.put("channel", room.id()).put("channel_type", room.direct() ? "im" : "channel");
  }

  /** Sends an event of any kind. */
  void send(JsonNode event) {
    sockets.event(
        Json.object(
            "token",
            "sandbox",
            "team_id",
            Team.ID,
            "api_app_id",
            Team.APP,
            "event",
            event,
            "type",
            "event_callback",
            "event_id",
            workspace.ids().make("Ev"),
            "event_time",
            workspace.ids().now().getEpochSecond(),
            "authorizations",
            Json.array(
                Json.object(
                    "team_id",
                    Team.ID,
                    "user_id",
                    Team.BOT,
                    "is_bot",
                    true,
                    "is_enterprise_install",
                    false)),
            "is_ext_shared_channel",
            false));
  }

  /** Tells people alone: what changed is not for the app to know. */
  void shown() {
    changes.tell();
  }
}
