package dev.sotto.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells messages that stand in Slack as the events that were missed about them. */
final class SlackPast {
  private final SlackTranslator translator;

  SlackPast(SlackTranslator translator) {
    this.translator = translator;
  }

  /**
   * That messages were written, rewritten or deleted, in the order in which it happened: what is
   * kept last tells the next start what is known. Of a channel without new words: those of a first
   * message are among the news of its thread.
   */
  List<ChatEvent> news(SlackMissed missed, List<JsonObject> messages) {
    boolean channel = missed.place().thread().isEmpty();
    return messages.stream()
        .filter(message -> !channel || !isReply(message))
        .flatMap(message -> news(missed.place(), message))
        .filter(event -> isNew(event, missed.known()))
        .filter(event -> !channel || !(event instanceof ChatEvent.Edit))
        .sorted(Comparator.comparing(ChatEvent::at))
        .toList();
  }

  private static boolean isNew(ChatEvent event, Instant known) {
    return switch (event) {
      case ChatEvent.Deletion _ -> true;
      case ChatEvent.Edit it -> !it.at().isBefore(known.truncatedTo(ChronoUnit.SECONDS));
      case ChatEvent.Message _, ChatEvent.Command _ -> event.at().isAfter(known);
    };
  }

  /** The threads of a channel in which something new was said: they may have called the bot. */
  List<SlackMissed> threads(SlackMissed missed, List<JsonObject> messages) {
    return messages.stream()
        .filter(_ -> missed.place().thread().isEmpty())
        .filter(message -> isReply(message) || isAnswered(message, missed.known()))
        .map(message -> missed.inThread(SlackJson.text(message, "thread_ts")))
        .distinct()
        .toList();
  }

  private static boolean isAnswered(JsonObject message, Instant after) {
    return SlackTime.read(SlackJson.text(message, "latest_reply"))
        .filter(at -> at.isAfter(after))
        .isPresent();
  }

  /** A reply that is shown in the channel too. */
  private static boolean isReply(JsonObject message) {
    String root = SlackJson.text(message, "thread_ts");
    return !root.isEmpty() && !root.equals(SlackJson.text(message, "ts"));
  }

  private Stream<ChatEvent> news(Address place, JsonObject message) {
    return SlackTranslator.isTombstone(message)
        ? Stream.of(deletion(place, message))
        : Stream.of(message, changed(message))
            .flatMap(event -> translator.event(payload(place, event)).stream());
  }

  private static JsonObject payload(Address place, JsonObject event) {
    JsonObject placed = new JsonObject();
    event.entrySet().forEach(field -> placed.add(field.getKey(), field.getValue()));
    placed.addProperty("channel", place.channel());
    placed.addProperty("channel_type", place.kind() == Address.Kind.DIRECT ? "im" : "channel");
    JsonObject payload = new JsonObject();
    payload.addProperty("team_id", place.workspace().id());
    payload.add("event", placed);
    return payload;
  }

  private static JsonObject changed(JsonElement message) {
    JsonObject changed = new JsonObject();
    changed.addProperty("type", "message");
    changed.addProperty("subtype", "message_changed");
    changed.add("message", message);
    return changed;
  }

  /** Slack does not show any more whose message it was. */
  private static ChatEvent deletion(Address place, JsonObject tombstone) {
    String ts = SlackJson.text(tombstone, "ts");
    Address thread = new Address(place.workspace(), place.kind(), place.channel(), Optional.of(ts));
    return new ChatEvent.Deletion(
        place.channel() + ":deleted:" + ts,
        thread,
        new Person(place.workspace(), ""),
        SlackTime.read(ts).orElse(Instant.EPOCH),
        place.channel() + ":" + ts);
  }
}
