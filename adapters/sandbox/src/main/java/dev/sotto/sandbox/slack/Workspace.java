package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.View;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The state of the workspace: two channels, the direct messages of three people, and files. */
final class Workspace {
  private final Ids ids;
  private final URI server;
  private final Files files = new Files();
  private final Map<String, Room> rooms = new LinkedHashMap<>();

  Workspace(Ids ids, URI server) {
    this.ids = ids;
    this.server = server;
    open(new Room(SlackServer.GENERAL, "general", Optional.empty()));
    open(new Room(SlackServer.IT_HELP, "it-help", Optional.empty()));
    for (View.Person person : Team.PEOPLE) {
      open(new Room("D" + person.id().substring(1), Team.SOTTO.name(), Optional.of(person.id())));
    }
  }

  private void open(Room room) {
    rooms.put(room.id(), room);
  }

  Ids ids() {
    return ids;
  }

  URI server() {
    return server;
  }

  Files files() {
    return files;
  }

  Collection<Room> rooms() {
    return rooms.values();
  }

  /** A room by its id, or by the id of the person whose direct messages it holds. */
  Room room(String id) {
    return Optional.ofNullable(rooms.get(id))
        .or(() -> directOf(id))
        .orElseThrow(() -> new Refusal("channel_not_found"));
  }

  private Optional<Room> directOf(String person) {
    return rooms.values().stream()
        .filter(room -> room.person().filter(person::equals).isPresent())
        .findFirst();
  }

  Room direct(String person) {
    return directOf(Team.person(person).id()).orElseThrow(() -> new Refusal("user_not_found"));
  }

  Room named(String name) {
    return rooms.values().stream()
        .filter(room -> !room.direct() && room.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Refusal("channel_not_found"));
  }

  /** A room that a person can see. */
  Room room(String id, String person) {
    return Stream.of(room(id))
        .filter(room -> room.visibleTo(Team.person(person).id()))
        .findFirst()
        .orElseThrow(() -> new Refusal("channel_not_found"));
  }

  /** A message that a person can see, wherever it is. */
  Post seen(String person, String ts) {
    return rooms.values().stream()
        .filter(room -> room.visibleTo(person))
        .flatMap(room -> room.find(ts).stream())
        .filter(post -> post.visibleTo(person))
        .findFirst()
        .orElseThrow(() -> new Refusal("message_not_found"));
  }

  /** The root of the thread that a message belongs to or would begin. */
  String root(Room room, String ts) {
    Post post = room.find(ts).orElseThrow(() -> new Refusal("thread_not_found"));
    return post.thread().orElse(ts);
  }

  /** A new message in a room, not yet added to it. */
  Post write(Room room, Optional<String> thread, String author, Content content) {
    return new Post(room.id(), ids.ts(), thread.map(ts -> root(room, ts)), author, content);
  }

  /** A message with all that its thread and its files add. */
  ObjectNode json(Post post, boolean withMetadata) {
    ObjectNode message = post.json(withMetadata);
    if (!post.content().files().isEmpty()) {
      message.set(
          "files", Json.array(post.content().files().stream().map(id -> files.json(id, server))));
    }
    Room room = room(post.channel());
    List<Post> replies = post.thread().isEmpty() ? room.replies(post.ts()) : List.of();
    if (!replies.isEmpty()) {
      message
          .put("thread_ts", post.ts())
          .put("reply_count", replies.size())
          .put("latest_reply", replies.getLast().ts());
    }
    post.thread()
        .flatMap(room::find)
        .ifPresent(root -> message.put("parent_user_id", root.author()));
    return message;
  }
}
