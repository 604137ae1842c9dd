package dev.sotto.slack;

import com.google.gson.JsonObject;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a {@link ChatEvent} of what Slack sent. Other bots, our own messages and joins make none; a
 * message without text neither, whatever else it carries.
 */
final class SlackTranslator {
  /** Our buttons below a reply; the number of the choice follows. */
  static final String CHOICE = "sotto_choice_";

  /** Our buttons below the answer to a command; a press is a command. */
  static final String COMMAND = "sotto_command_";

  private static final Set<String> SPOKEN =
      Set.of("", "file_share", "thread_broadcast", "me_message");

  private final SlackIdentity self;
  private final Clock clock;

  SlackTranslator(SlackIdentity self, Clock clock) {
    this.self = self;
    this.clock = clock;
  }

  /** From an {@code event_callback}. */
  Optional<ChatEvent> event(JsonObject payload) {
    JsonObject event = SlackJson.object(payload, "event");
    return switch (SlackJson.text(event, "type")) {
      case "message", "app_mention" ->
          switch (SlackJson.text(event, "subtype")) {
            case "message_deleted" -> deletion(payload, event);
            case "message_changed" -> changed(payload, event);
            case String subtype when SPOKEN.contains(subtype) -> message(payload, event);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  /** From a slash command. */
  Optional<ChatEvent> command(JsonObject payload) {
    String user = SlackJson.text(payload, "user_id");
    String channel = SlackJson.text(payload, "channel_id");
    if (user.isEmpty() || channel.isEmpty()) {
      return Optional.empty();
    }
    Workspace workspace = workspace(SlackJson.text(payload, "team_id"));
    String once = SlackJson.text(payload, "trigger_id", "response_url");
    String id = once.isEmpty() ? user + "@" + clock.millis() : once;
    String line = SlackText.unescape(SlackJson.text(payload, "text")).strip();
    return Optional.of(
        new ChatEvent.Command(
            "command:" + id,
            address(workspace, channel, "", Optional.empty()),
            new Person(workspace, user),
            clock.instant(),
            line,
            SlackJson.text(payload, "response_url")));
  }

  /** From a press of one of our buttons: the person says its value, or commands it. */
  Optional<ChatEvent> press(JsonObject payload) {
    JsonObject container = SlackJson.object(payload, "container");
    JsonObject message = SlackJson.object(payload, "message");
    String user = SlackJson.text(SlackJson.object(payload, "user"), "id");
    String named = SlackJson.text(SlackJson.object(payload, "channel"), "id");
    String channel = named.isEmpty() ? SlackJson.text(container, "channel_id") : named;
    Optional<JsonObject> action =
        SlackJson.objects(payload, "actions").stream()
            .filter(each -> isOurs(SlackJson.text(each, "action_id")))
            .findFirst();
    if (action.isEmpty() || user.isEmpty() || channel.isEmpty()) {
      return Optional.empty();
    }
    Workspace workspace = workspace(SlackJson.text(SlackJson.object(payload, "team"), "id"));
    if (SlackJson.text(action.get(), "action_id").startsWith(COMMAND)) {
      return Optional.of(commanded(payload, action.get(), channel, new Person(workspace, user)));
    }
    String answered = SlackJson.text(container, "thread_ts", "message_ts");
    String thread = SlackJson.text(message, "thread_ts");
    thread = thread.isEmpty() ? answered : thread;
    String pressed = SlackJson.text(action.get(), "action_ts");
    String at = pressed.isEmpty() ? SlackJson.text(payload, "trigger_id") : pressed;
    return Optional.of(
        new ChatEvent.Message(
            "press:" + channel + ":" + user + ":" + at,
            address(workspace, channel, "", Optional.of(thread).filter(ts -> !ts.isEmpty())),
            new Person(workspace, user),
            SlackTime.read(pressed).orElseGet(clock::instant),
            channel + ":" + user + ":" + at,
            SlackJson.text(action.get(), "value"),
            true));
  }

  private static boolean isOurs(String action) {
    return action.startsWith(CHOICE) || action.startsWith(COMMAND);
  }

  private ChatEvent commanded(
      JsonObject payload, JsonObject action, String channel, Person person) {
    String pressed = SlackJson.text(action, "action_ts");
    String at = pressed.isEmpty() ? SlackJson.text(payload, "trigger_id") : pressed;
    return new ChatEvent.Command(
        "press:" + channel + ":" + person.id() + ":" + at,
        address(person.workspace(), channel, "", Optional.empty()),
        person,
        SlackTime.read(pressed).orElseGet(clock::instant),
        SlackJson.text(action, "value"),
        SlackAnswer.PRESSED + SlackJson.text(payload, "response_url"));
  }

  private Optional<ChatEvent> message(JsonObject payload, JsonObject event) {
    String text = SlackJson.text(event, "text");
    String channel = SlackJson.text(event, "channel");
    String ts = SlackJson.text(event, "ts");
    String user = SlackJson.text(event, "user");
    if (text.isBlank() || channel.isEmpty() || ts.isEmpty() || !isPerson(event, user)) {
      return Optional.empty();
    }
    Address address = address(payload, event, event, ts);
    boolean direct = address.kind() == Address.Kind.DIRECT;
    return Optional.of(
        new ChatEvent.Message(
            eventId(payload, channel, ts),
            address,
            new Person(address.workspace(), user),
            SlackTime.read(ts).orElseGet(clock::instant),
            channel + ":" + ts,
            SlackText.read(text, self.user()),
            direct || SlackText.mentions(text, self.user())));
  }

  private Optional<ChatEvent> deletion(JsonObject payload, JsonObject event) {
    return deletion(payload, event, SlackJson.text(event, "deleted_ts"));
  }

  private Optional<ChatEvent> changed(JsonObject payload, JsonObject event) {
    JsonObject now = SlackJson.object(event, "message");
    JsonObject before = SlackJson.object(event, "previous_message");
    if (isTombstone(now)) {
      return deletion(payload, event, SlackJson.text(now, "ts"));
    }
    boolean sameWords = SlackJson.text(now, "text").equals(SlackJson.text(before, "text"));
    return sameWords ? Optional.empty() : edit(payload, event, now);
  }

  /** The first message of a thread is not deleted but emptied, so that the thread stays. */
  static boolean isTombstone(JsonObject message) {
    return SlackJson.text(message, "subtype").equals("tombstone");
  }

  /**
   * Slack marks as edited what a person rewrote, and nothing that it changed by itself. It may tell
   * the second alone, which may have begun before the message was written.
   */
  private Optional<ChatEvent> edit(JsonObject payload, JsonObject event, JsonObject now) {
    String channel = SlackJson.text(event, "channel");
    String ts = SlackJson.text(now, "ts");
    String user = SlackJson.text(now, "user");
    String at = SlackJson.text(SlackJson.object(now, "edited"), "ts");
    if (channel.isEmpty() || ts.isEmpty() || at.isEmpty() || !isPerson(now, user)) {
      return Optional.empty();
    }
    Address address = address(payload, event, now, ts);
    return Optional.of(
        new ChatEvent.Edit(
            channel + ":" + ts + ":" + at,
            address,
            new Person(address.workspace(), user),
            Stream.of(ts, at)
                .flatMap(it -> SlackTime.read(it).stream())
                .max(Comparator.naturalOrder())
                .orElseGet(clock::instant),
            channel + ":" + ts,
            SlackText.read(SlackJson.text(now, "text"), self.user())));
  }

  private Optional<ChatEvent> deletion(JsonObject payload, JsonObject event, String ts) {
    JsonObject before = SlackJson.object(event, "previous_message");
    String channel = SlackJson.text(event, "channel");
    String user = SlackJson.text(before, "user");
    if (ts.isEmpty() || channel.isEmpty() || !isPerson(before, user)) {
      return Optional.empty();
    }
    Address address = address(payload, event, before, ts);
    return Optional.of(
        new ChatEvent.Deletion(
            eventId(payload, channel, "deleted:" + ts),
            address,
            new Person(address.workspace(), user),
            SlackTime.read(SlackJson.text(event, "event_ts", "ts")).orElseGet(clock::instant),
            channel + ":" + ts));
  }

  private boolean isPerson(JsonObject message, String user) {
    return !user.isEmpty()
        && !user.equals(self.user())
        && !user.equals("USLACKBOT")
        && SlackJson.text(message, "bot_id").isEmpty();
  }

  private Address address(JsonObject payload, JsonObject event, JsonObject message, String ts) {
    String thread = SlackJson.text(message, "thread_ts");
    return address(
        workspace(installedIn(payload)),
        SlackJson.text(event, "channel"),
        SlackJson.text(event, "channel_type"),
        Optional.of(thread.isEmpty() ? ts : thread));
  }

  /** Of a shared channel Slack names the workspace it comes from; ours is in the authorization. */
  private static String installedIn(JsonObject payload) {
    return SlackJson.objects(payload, "authorizations").stream()
        .map(authorization -> SlackJson.text(authorization, "team_id"))
        .filter(team -> !team.isEmpty())
        .findFirst()
        .orElseGet(() -> SlackJson.text(payload, "team_id"));
  }

  private static Address address(
      Workspace workspace, String channel, String type, Optional<String> thread) {
    boolean direct = type.equals("im") || (type.isEmpty() && channel.startsWith("D"));
    Address.Kind kind = direct ? Address.Kind.DIRECT : Address.Kind.CHANNEL;
    return new Address(workspace, kind, channel, thread);
  }

  private Workspace workspace(String team) {
    return new Workspace(Platform.SLACK, team.isEmpty() ? self.team() : team);
  }

  private static String eventId(JsonObject payload, String channel, String ts) {
    String id = SlackJson.text(payload, "event_id");
    return id.isEmpty() ? channel + ":" + ts : id;
  }
}
