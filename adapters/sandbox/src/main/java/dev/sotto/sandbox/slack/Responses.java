package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What an app says by a {@code response_url}, or with its acknowledgement of a command. */
final class Responses {
  private static final int MOST_USES = 5;
  private static final Duration LIFE = Duration.ofMinutes(30);

  private final Workspace workspace;
  private final Events events;
  private final Recent<Open> open = new Recent<>(10_000);

  Responses(Workspace workspace, Events events) {
    this.workspace = workspace;
    this.events = events;
  }

  /**
   * What is responded to.
   *
   * @param message the one that was acted on, which may be replaced
   */
  record Origin(String person, Room room, Optional<String> thread, Optional<String> message) {
    @Override
    public String toString() {
      return "Origin";
    }
  }

  private record Open(Origin origin, Instant until, AtomicInteger uses) {}

  /** An address for at most 5 responses in the next 30 minutes. */
  String url(Origin origin) {
    String secret = workspace.ids().secret();
    open.put(secret, new Open(origin, workspace.ids().now().plus(LIFE), new AtomicInteger()));
    return workspace.server() + "/commands/" + Team.ID + "/" + secret;
  }

  /** A response to an address; says no to one that is unknown, too late or one too many. */
  ObjectNode respond(String secret, JsonNode body) {
    Open address = open.get(secret).orElseThrow(() -> new Refusal("expired_url"));
    if (workspace.ids().now().isAfter(address.until())
        || address.uses().incrementAndGet() > MOST_USES) {
      throw new Refusal("used_url");
    }
    show(address.origin(), body);
    return Json.ok();
  }

  /** Shows a response: to the one person unless it says {@code in_channel}. */
  void show(Origin origin, JsonNode body) {
    Optional<Post> subject = origin.message().flatMap(origin.room()::find);
    if (body.path("delete_original").asBoolean()) {
      subject.ifPresent(events::deleted);
      return;
    }
    Content content = content(body);
    if (body.path("replace_original").asBoolean() && subject.isPresent()) {
      Post before = subject.get();
      String now = workspace.ids().ts();
      events.changed(
          before, origin.room().change(before.ts(), post -> post.rewritten(content, now)));
      return;
    }
    Optional<String> thread =
        Optional.of(body.path("thread_ts").asText()).filter(ts -> !ts.isEmpty()).or(origin::thread);
    Post post = workspace.write(origin.room(), thread, Team.BOT, content);
    boolean open = body.path("response_type").asText().equals("in_channel");
    events.posted(open ? post : post.seenBy(origin.person()));
  }

  private static Content content(JsonNode body) {
    JsonNode blocks = body.path("blocks");
    return Content.posted(
        new Args(
            Map.of(
                "text",
                body.path("text").asText(),
                "blocks",
                blocks.isArray() ? blocks.toString() : "")));
  }

  /** Slack itself tells a person something. */
  void tell(Origin origin, String text) {
    events.posted(
        workspace
            .write(origin.room(), origin.thread(), Team.SLACKBOT.id(), Content.of(text))
            .seenBy(origin.person()));
  }
}
