package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A message as it stands.
 *
 * @param thread the {@code ts} of the root, for a reply
 * @param edited the time of the last edit, in whole seconds, which is the harder case
 * @param only the one person who sees it, for an ephemeral message
 * @param reactions who gave which
 */
record Post(
    String channel,
    String ts,
    Optional<String> thread,
    String author,
    Content content,
    Stage stage,
    Optional<String> edited,
    Optional<String> only,
    Map<String, Set<String>> reactions) {

  /** How far it has come. */
  enum Stage {
    WHOLE,
    STREAMING,
    STREAMED,
    /** A stream that a person ended. */
    STOPPED,
    /** The root of a thread, deleted; the thread stays. */
    TOMBSTONE
  }

  Post(String channel, String ts, Optional<String> thread, String author, Content content) {
    this(
        channel,
        ts,
        thread,
        author,
        content,
        Stage.WHOLE,
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  Post as(Stage other) {
    return new Post(channel, ts, thread, author, content, other, edited, only, reactions);
  }

  Post saying(Content other) {
    return new Post(channel, ts, thread, author, other, stage, edited, only, reactions);
  }

  Post rewritten(Content other, String at) {
    Optional<String> second = Optional.of(at.replaceFirst("\\..*", ".000000"));
    return new Post(channel, ts, thread, author, other, stage, second, only, reactions);
  }

  Post seenBy(String person) {
    return new Post(
        channel, ts, thread, author, content, stage, edited, Optional.of(person), reactions);
  }

  /** With one more reaction of a person, or one less. */
  Post reacted(String person, String emoji, boolean added) {
    Map<String, Set<String>> all = new LinkedHashMap<>(reactions);
    Set<String> people = new LinkedHashSet<>(all.getOrDefault(emoji, Set.of()));
    if (added ? people.add(person) : people.remove(person)) {
      all.put(emoji, people);
    }
    if (people.isEmpty()) {
      all.remove(emoji);
    }
    return new Post(channel, ts, thread, author, content, stage, edited, only, Map.copyOf(all));
  }

  boolean by(String person) {
    return author.equals(person);
  }

  boolean reactedBy(String person, String emoji) {
    return reactions.getOrDefault(emoji, Set.of()).contains(person);
  }

  /** Whether a person can see it, in a channel that they can see. */
  boolean visibleTo(String person) {
    return only.isEmpty() || only.get().equals(person);
  }

  /** As the Web API and events show it, without what its channel or thread adds. */
  ObjectNode json(boolean withMetadata) {
    boolean bot = author.equals(Team.BOT);
    return Json.object(
        "type",
        "message",
        "subtype",
        subtype(),
        "user",
        stage == Stage.TOMBSTONE ? "USLACKBOT" : author,
        "hidden",
        Optional.of(true).filter(_ -> stage == Stage.TOMBSTONE),
        "bot_id",
        bot ? Optional.of(Team.BOT_ID) : Optional.empty(),
        "app_id",
        bot ? Optional.of(Team.APP) : Optional.empty(),
        "team",
        Team.ID,
        "ts",
        ts,
        "thread_ts",
        thread,
        "text",
        content.text(),
        "blocks",
        Optional.of(content.blocks()).filter(blocks -> !blocks.isEmpty()),
        "metadata",
        content.metadata().filter(_ -> withMetadata),
        "edited",
        edited.map(at -> Json.object("user", author, "ts", at)),
        "streaming_state",
        streamingState(),
        "reactions",
        reactionsJson());
  }

  private Optional<String> subtype() {
    if (stage == Stage.TOMBSTONE) {
      return Optional.of("tombstone");
    }
    return content.files().isEmpty() ? Optional.empty() : Optional.of("file_share");
  }

  private Optional<String> streamingState() {
    return switch (stage) {
      case STREAMING -> Optional.of("in_progress");
      case STREAMED, STOPPED -> Optional.of("completed");
      case WHOLE, TOMBSTONE -> Optional.empty();
    };
  }

  private Optional<Object> reactionsJson() {
    return reactions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Json.array(
                reactions.entrySet().stream()
                    .map(entry ->
                        Json.object(
                            "name", entry.getKey(),
                            "users", entry.getValue(),
                            "count", entry.getValue().size()))));
  }

  @Override
  public String toString() {
    return "Post[" + stage + "]";
  }
}
