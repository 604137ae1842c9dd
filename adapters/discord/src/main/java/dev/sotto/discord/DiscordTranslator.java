package dev.sotto.discord;

import dev.sotto.chat.Address.Kind;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.dv8tion.jda.api.utils.TimeUtil;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Makes chat events from Discord's own JSON, the same for what the gateway delivers and for what is
 * fetched later.
 *
 * <p>Discord has no event ids; an event's id is the id of its message or interaction with a letter
 * for the kind of event.
 */
final class DiscordTranslator {
  /** Message types that a person writes: a plain message, and a reply. */
  private static final Set<Integer> WRITTEN = Set.of(0, 19);

  private static final Pattern PERSON = Pattern.compile("<@!?\\d+>");
  private static final Pattern ROLE = Pattern.compile("<@&\\d+>");
  private static final Pattern CHANNEL = Pattern.compile("<#\\d+>");
  private static final Pattern EMOJI = Pattern.compile("<a?:(\\w{1,64}):\\d+>");
  private static final Pattern COMMAND = Pattern.compile("</([^:>]{1,100}):\\d+>");

  private DiscordTranslator() {}

  /** Whether a person wrote it: no bot, no webhook, and not Discord itself. */
  static boolean written(DataObject message) {
    DataObject author = message.optObject("author").orElseGet(DataObject::empty);
    return WRITTEN.contains(message.getInt("type", 0))
        && message.isNull("webhook_id")
        && !author.getBoolean("bot", false)
        && !author.getBoolean("system", false);
  }

  /**
   * @param bot the bot's user id
   */
  static ChatEvent.Message message(DataObject message, Place place, String bot) {
    String id = message.getString("id");
    boolean toUs = place.kind() == Kind.DIRECT || mentions(message, bot);
    return new ChatEvent.Message(
        "m" + id,
        toUs ? place.addressOf(id) : place.address(),
        new Person(place.workspace(), message.getObject("author").getString("id")),
        at(id),
        id,
        text(message.getString("content", ""), bot),
        toUs);
  }

  /** Whether its person changed it; Discord changes messages too, and marks those as not edited. */
  static boolean rewritten(DataObject message) {
    return !message.isNull("edited_timestamp")
        && !message.isNull("content")
        && !message.isNull("author")
        && written(message);
  }

  /**
   * The address is that of a message to the bot, the only ones that are kept: its mention may be
   * among what was changed. The time is as exact as those of messages, so that what follows in the
   * same millisecond does not come before.
   */
  static ChatEvent.Edit edit(DataObject message, Place place, String bot) {
    String id = message.getString("id");
    Instant at =
        message.getOffsetDateTime("edited_timestamp").toInstant().truncatedTo(ChronoUnit.MILLIS);
    return new ChatEvent.Edit(
        "e" + id + ":" + at.toEpochMilli(),
        place.addressOf(id),
        new Person(place.workspace(), message.getObject("author").getString("id")),
        at,
        id,
        text(message.getString("content"), bot));
  }

  /**
   * Discord does not say whose message was deleted; the person's id is empty. The address is that
   * of a message to the bot, the only ones that are kept.
   */
  static ChatEvent.Deletion deletion(String message, Place place, Instant now) {
    return new ChatEvent.Deletion(
        "d" + message, place.addressOf(message), new Person(place.workspace(), ""), now, message);
  }

  /** A press of a button, which speaks in the name of the person who pressed. */
  static ChatEvent.Message press(String interaction, Place place, String person, String value) {
    return new ChatEvent.Message(
        "i" + interaction,
        place.address(),
        new Person(place.workspace(), person),
        at(interaction),
        interaction,
        value,
        true);
  }

  static ChatEvent.Command command(
      String interaction, Place place, String person, String line, ReplyToken token) {
    return new ChatEvent.Command(
        "i" + interaction,
        place.address(),
        new Person(place.workspace(), person),
        at(interaction),
        line,
        token.encoded());
  }

  /** When a thing with this id was made; Discord's ids carry the time. */
  static Instant at(String id) {
    return TimeUtil.getTimeCreated(Long.parseUnsignedLong(id)).toInstant();
  }

  static Optional<String> guild(DataObject event) {
    return Optional.ofNullable(event.getString("guild_id", null));
  }

  private static boolean mentions(DataObject message, String bot) {
    return message
        .optArray("mentions")
        .map(users ->
            users.stream((all, index) -> all.getObject(index).getString("id", ""))
                .anyMatch(bot::equals))
        .orElse(false);
  }

  private static String text(String content, String bot) {
    if (content.indexOf('<') < 0) {
      return content.strip();
    }
    String own = content.replace("<@" + bot + ">", "").replace("<@!" + bot + ">", "");
    String people = PERSON.matcher(own).replaceAll("@someone");
    String roles = ROLE.matcher(people).replaceAll("@role");
    String channels = CHANNEL.matcher(roles).replaceAll("#channel");
    String emoji = EMOJI.matcher(channels).replaceAll(":$1:");
    return COMMAND.matcher(emoji).replaceAll("/$1").strip();
  }
}
