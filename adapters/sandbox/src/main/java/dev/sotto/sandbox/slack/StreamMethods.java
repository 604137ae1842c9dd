package dev.sotto.sandbox.slack;

import static dev.sotto.sandbox.slack.Method.bot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Timer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code chat.startStream} and what follows. A stream is closed to further text a fixed time after
 * its start, whatever is appended, and keeps what it has.
 */
final class StreamMethods {
  private static final int LONGEST = 120_000;
  private static final String SCOPE = "chat:write";

  private final Workspace workspace;
  private final Events events;
  private final SlackTiming timing;
  private final Timer timer;

  StreamMethods(Workspace workspace, Events events, SlackTiming timing, Timer timer) {
    this.workspace = workspace;
    this.events = events;
    this.timing = timing;
    this.timer = timer;
  }

  Stream<Method> all() {
    return Stream.of(
        bot("chat.startStream", SCOPE, this::start),
        bot("chat.appendStream", SCOPE, this::append),
        bot("chat.stopStream", SCOPE, this::stop));
  }

  private ObjectNode start(Args args) {
    Room room = ChatMethods.joined(workspace, args);
    String thread = args.required("thread_ts");
    for (String recipient : List.of("recipient_team_id", "recipient_user_id")) {
      if (args.text(recipient).isEmpty()) {
        throw new Refusal("missing_" + recipient);
      }
    }
    Post post =
        workspace
            .write(room, Optional.of(thread), Team.BOT, Content.of("").grown(args))
            .as(Post.Stage.STREAMING);
    room.session(
        post.thread().orElseThrow(), session -> session.doing(Optional.empty()).working(true));
    events.posted(post);
    timer.after(timing.streamLife(), () -> expire(room, post.ts()));
    return Json.ok("channel", room.id(), "ts", post.ts());
  }

  private void expire(Room room, String ts) {
    if (room.find(ts).filter(post -> post.stage() == Post.Stage.STREAMING).isPresent()) {
      end(room, ts, Post.Stage.STREAMED);
      events.shown();
    }
  }

  private static void end(Room room, String ts, Post.Stage stage) {
    Post ended = room.change(ts, post -> post.as(stage));
    room.session(ended.thread().orElseThrow(), session -> session.working(false));
  }

  private ObjectNode append(Args args) {
    if (args.text("markdown_text").isEmpty() && args.text("chunks").isEmpty()) {
      throw new Refusal("no_text");
    }
    Room room = workspace.room(args.required("channel"));
    Post grown = grow(room, args);
    events.shown();
    return Json.ok("channel", room.id(), "ts", grown.ts());
  }

  private static Post grow(Room room, Args args) {
    return room.change(
        args.required("ts"),
        post -> {
          if (post.stage() == Post.Stage.STOPPED) {
            throw new Refusal("stopped_by_user");
          }
          if (post.stage() != Post.Stage.STREAMING) {
            throw new Refusal("message_not_in_streaming_state");
          }
          Content content = post.content().grown(args);
          if (content.text().length() > LONGEST) {
            throw new Refusal("msg_too_long");
          }
          return post.saying(content);
        });
  }

  private ObjectNode stop(Args args) {
    Room room = workspace.room(args.required("channel"));
    Post before = grow(room, args);
    end(room, before.ts(), Post.Stage.STREAMED);
    Post after = room.post(before.ts());
    events.changed(before, after);
    return Json.ok("channel", room.id(), "ts", after.ts(), "message", workspace.json(after, true));
  }

  /** A person ends the streams of a thread. */
  void stopped(Room room, String thread, String person) {
    List<String> streams =
        room.replies(thread).stream()
            .filter(post -> post.stage() == Post.Stage.STREAMING)
            .map(Post::ts)
            .toList();
    streams.forEach(ts -> room.change(ts, post -> post.as(Post.Stage.STOPPED)));
    events.shown();
    events.send(
        Json.object(
            "type",
            "agent_session_stopped",
            "channel",
            room.id(),
            "user",
            person,
            "thread_ts",
            thread,
            "streaming_message_ts",
            streams,
            "event_ts",
            workspace.ids().ts()));
  }
}
