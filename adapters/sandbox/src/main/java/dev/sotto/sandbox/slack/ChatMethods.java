package dev.sotto.sandbox.slack;

import static dev.sotto.sandbox.slack.Method.bot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code chat.*} and {@code reactions.*}: the bot's own messages. */
final class ChatMethods {
  private static final String SCOPE = "chat:write";

  private final Workspace workspace;
  private final Events events;

  ChatMethods(Workspace workspace, Events events) {
    this.workspace = workspace;
    this.events = events;
  }

  Stream<Method> all() {
    return Stream.of(
        bot("chat.postMessage", SCOPE, this::post),
        bot("chat.postEphemeral", SCOPE, this::whisper),
        bot("chat.update", SCOPE, this::update),
        bot("chat.delete", SCOPE, this::delete),
        bot("chat.getPermalink", "", this::permalink),
        bot("reactions.add", "reactions:write", args -> react(args, true)),
        bot("reactions.remove", "reactions:write", args -> react(args, false)));
  }

  private ObjectNode post(Args args) {
    Room room = joined(workspace, args);
    Content content = Content.posted(args);
    Post post = workspace.write(room, args.text("thread_ts"), Team.BOT, content);
    post.thread().ifPresent(root -> room.session(root, session -> session.doing(Optional.empty())));
    events.posted(post);
    return Json.ok("channel", room.id(), "ts", post.ts(), "message", workspace.json(post, true));
  }

  private ObjectNode whisper(Args args) {
    Room room = joined(workspace, args);
    String person = args.required("user");
    if (Team.find(person).isEmpty() || !room.visibleTo(person)) {
      throw new Refusal("user_not_in_channel");
    }
    Post post =
        events.posted(
            workspace
                .write(room, args.text("thread_ts"), Team.BOT, Content.posted(args))
                .seenBy(person));
    return Json.ok("message_ts", post.ts());
  }

  private ObjectNode update(Args args) {
    Room room = workspace.room(args.required("channel"));
    Post before = own(room, args.required("ts"), "cant_update_message");
    if (before.stage() == Post.Stage.STREAMING) {
      throw new Refusal("streaming_state_conflict");
    }
    Post after =
        room.change(
            before.ts(),
            post -> post.rewritten(post.content().updated(args), workspace.ids().ts()));
    events.changed(before, after);
    return Json.ok(
        "channel", room.id(),
        "ts", after.ts(),
        "text", after.content().text(),
        "message", workspace.json(after, true));
  }

  private ObjectNode delete(Args args) {
    Room room = workspace.room(args.required("channel"));
    Post post = own(room, args.required("ts"), "cant_delete_message");
    if (post.stage() == Post.Stage.STREAMING) {
      throw new Refusal("cant_delete_message");
    }
    events.deleted(post);
    return Json.ok("channel", room.id(), "ts", post.ts());
  }

  private ObjectNode permalink(Args args) {
    Room room = workspace.room(args.required("channel"));
    Post post = room.post(args.required("message_ts"));
    String path = "/archives/" + room.id() + "/p" + post.ts().replace(".", "");
    return Json.ok("channel", room.id(), "permalink", workspace.server() + path);
  }

  private ObjectNode react(Args args, boolean add) {
    Room room = joined(workspace, args);
    String emoji = args.required("name");
    Post post = room.post(args.required("timestamp"));
    if (post.reactedBy(Team.BOT, emoji) == add) {
      throw new Refusal(add ? "already_reacted" : "no_reaction");
    }
    room.change(post.ts(), current -> current.reacted(Team.BOT, emoji, add));
    events.shown();
    return Json.ok();
  }

  /** The channel of a call, if the bot is in it. */
  static Room joined(Workspace workspace, Args args) {
    Room room = workspace.room(args.required("channel"));
    if (!room.joined()) {
      throw new Refusal("not_in_channel");
    }
    return room;
  }

  private static Post own(Room room, String ts, String error) {
    Post post =
        room.find(ts).filter(found -> found.only().isEmpty()).orElseThrow(ChatMethods::none);
    if (!post.by(Team.BOT) || post.stage() == Post.Stage.TOMBSTONE) {
      throw new Refusal(error);
    }
    return post;
  }

  private static Refusal none() {
    return new Refusal("message_not_found");
  }
}
