package dev.sotto.sandbox.slack;

import static dev.sotto.sandbox.slack.Method.bot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.View;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code conversations.*}: what was said where, and who hears it. */
final class ConversationMethods {
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Workspace workspace;
  private final Grants grants;

  ConversationMethods(Workspace workspace, Grants grants) {
    this.workspace = workspace;
    this.grants = grants;
  }

  Stream<Method> all() {
    return Stream.of(
        bot("conversations.replies", "", this::replies),
        bot("conversations.history", "", this::history),
        bot("conversations.info", "", this::info),
        bot("conversations.members", "", this::members),
        bot("conversations.list", "channels:read", this::list),
        bot("conversations.open", "im:write", this::open));
  }

  private ObjectNode replies(Args args) {
    Room room = readable(args);
    String root = workspace.root(room, args.required("ts"));
    Stream<Post> thread =
        Stream.concat(room.find(root).stream(), room.replies(root).stream())
            .filter(post -> post.only().isEmpty());
    Optional<String> oldest = args.text("oldest").filter(ts -> ts.contains("."));
    boolean inclusive = args.flag("inclusive");
    return page(
        args,
        thread
            .filter(post ->
                post.ts().equals(root)
                    || oldest.isEmpty()
                    || after(post.ts(), oldest.get(), inclusive))
            .filter(post -> until(post, args, inclusive))
            .toList());
  }

  private ObjectNode history(Args args) {
    Room room = readable(args);
    boolean inclusive = args.flag("inclusive");
    Optional<String> oldest = args.text("oldest").filter(ts -> ts.contains("."));
    return page(
        args,
        room.top().reversed().stream()
            .filter(post -> post.only().isEmpty())
            .filter(post -> oldest.isEmpty() || after(post.ts(), oldest.get(), inclusive))
            .filter(post -> until(post, args, inclusive))
            .toList());
  }

  private static boolean until(Post post, Args args, boolean inclusive) {
    return args.text("latest")
        .filter(ts -> ts.contains("."))
        .map(latest -> after(latest, post.ts(), inclusive))
        .orElse(true);
  }

  private static boolean after(String ts, String other, boolean inclusive) {
    int order = ts.compareTo(other);
    return order > 0 || (inclusive && order == 0);
  }

  private ObjectNode page(Args args, List<Post> posts) {
    int limit = Math.clamp(args.number("limit", PAGE), 1, LARGEST_PAGE);
    List<Post> left = args.text("cursor").map(cursor -> from(cursor, posts)).orElse(posts);
    boolean more = left.size() > limit;
    ObjectNode page =
        Json.ok(
            "messages",
            Json.array(
                left.stream()
                    .limit(limit)
                    .map(post -> workspace.json(post, args.flag("include_all_metadata")))),
            "has_more",
            more);
    return more
        ? page.set("response_metadata", Json.object("next_cursor", cursor(left.get(limit))))
        : page;
  }

  /** Names the message with which the next page begins, whatever is said meanwhile. */
  private static String cursor(Post next) {
    byte[] position = ("next_ts:" + next.ts()).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(position);
  }

  private static List<Post> from(String cursor, List<Post> posts) {
    String next = position(cursor);
    return posts.stream().dropWhile(post -> !post.ts().equals(next)).toList();
  }

  private static String position(String cursor) {
    try {
      byte[] position = Base64.getDecoder().decode(cursor);
      return new String(position, StandardCharsets.US_ASCII).replaceFirst("^next_ts:", "");
    } catch (IllegalArgumentException _) {
      throw new Refusal("invalid_cursor");
    }
  }

  private Room readable(Args args) {
    Room room = ChatMethods.joined(workspace, args);
    grants.require(room.direct() ? "im:history" : "channels:history");
    return room;
  }

  private Room known(Args args) {
    Room room = workspace.room(args.required("channel"));
    grants.require(room.direct() ? "im:read" : "channels:read");
    return room;
  }

  private ObjectNode info(Args args) {
    return Json.ok("channel", json(known(args)));
  }

  private ObjectNode members(Args args) {
    Room room = known(args);
    Stream<String> people = Team.PEOPLE.stream().map(View.Person::id).filter(room::visibleTo);
    return Json.ok(
        "members",
        Json.array(Stream.concat(people, room.joined() ? Stream.of(Team.BOT) : Stream.empty())));
  }

  private ObjectNode list(Args args) {
    boolean direct = args.text("types").orElse("public_channel").contains("im");
    return Json.ok(
        "channels",
        Json.array(
            workspace.rooms().stream()
                .filter(room -> direct || !room.direct())
                .map(ConversationMethods::json)));
  }

  private ObjectNode open(Args args) {
    return Json.ok(
        "channel",
        json(
            args.text("channel")
                .map(workspace::room)
                .orElseGet(() -> workspace.direct(args.required("users")))));
  }

  private static ObjectNode json(Room room) {
    return Json.object(
        "id", room.id(),
        "name", Optional.of(room.name()).filter(_ -> !room.direct()),
        "user", room.person(),
        "is_channel", !room.direct(),
        "is_im", room.direct(),
        "is_private", room.direct(),
        "is_member", room.joined(),
        "is_archived", false,
        "context_team_id", Team.ID);
  }
}
