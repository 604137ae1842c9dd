package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Turns what was typed for the options of one command into values, and collects what ids mean. */
final class OptionValues {
  private static final int STRING = 3;
  private static final int INTEGER = 4;
  private static final int BOOLEAN = 5;
  private static final int USER = 6;
  private static final int CHANNEL = 7;
  private static final int MENTIONABLE = 9;
  private static final int NUMBER = 10;
  private static final int MOST_TEXT = 6_000;

  private final Guild guild;
  private final Shapes shapes;
  private final ObjectNode resolved = Json.object();

  OptionValues(Guild guild, Shapes shapes) {
    this.guild = guild;
    this.shapes = shapes;
  }

  /** Users, members and channels that were named by their ids. */
  ObjectNode resolved() {
    return resolved;
  }

  ObjectNode value(JsonNode option, String typed) {
    String name = Json.text(option, "name");
    int type = option.path("type").asInt();
    ObjectNode value = Json.object().put("name", name).put("type", type);
    try {
      return switch (type) {
        case STRING -> value.put("value", text(option, typed));
        case INTEGER -> value.put("value", Long.parseLong(choice(option, typed)));
        case NUMBER -> value.put("value", Double.parseDouble(choice(option, typed)));
        case BOOLEAN -> value.put("value", Boolean.parseBoolean(typed));
        case USER, MENTIONABLE -> value.put("value", user(typed));
        case CHANNEL -> value.put("value", channel(typed));
        default -> throw new IllegalArgumentException("the option " + name + " cannot be typed");
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the option " + name + " is a number", e);
    }
  }

  private static String text(JsonNode option, String typed) {
    int most = option.path("max_length").asInt(MOST_TEXT);
    int least = option.path("min_length").asInt(0);
    if (typed.length() > most || typed.length() < least) {
      throw new IllegalArgumentException("the option has between " + least + " and " + most);
    }
    return choice(option, typed);
  }

  /** The value of the choice that was named; free text where the option has no choices. */
  private static String choice(JsonNode option, String typed) {
    if (option.path("choices").isEmpty()) {
      return typed;
    }
    return Json.each(option, "choices")
        .filter(it -> Json.text(it, "name").equals(typed) || Json.text(it, "value").equals(typed))
        .findFirst()
        .map(it -> Json.text(it, "value"))
        .orElseThrow(() -> new IllegalArgumentException("no such choice"));
  }

  private String user(String typed) {
    String plain = typed.replaceAll("^<?@!?|>$", "");
    Account account =
        guild.accounts().stream()
            .filter(it -> it.username().equals(plain) || Shapes.text(it.id()).equals(plain))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such person"));
    String id = Shapes.text(account.id());
    resolved.withObjectProperty("users").set(id, shapes.user(account));
    resolved
        .withObjectProperty("members")
        .set(id, shapes.membership(account).put("permissions", "0"));
    return id;
  }

  private String channel(String typed) {
    String plain = typed.replaceAll("^<?#|>$", "");
    Optional<Channel> channel =
        Json.id(plain)
            .flatMap(guild::channel)
            .or(() ->
                guild
                    .channels(Channel.Kind.TEXT)
                    .filter(it -> it.name().equals(plain))
                    .findFirst());
    Channel found = channel.orElseThrow(() -> new IllegalArgumentException("no such channel"));
    String id = Shapes.text(found.id());
    ObjectNode shape = shapes.channel(found).put("permissions", Long.toString(guild.everyone()));
    resolved.withObjectProperty("channels").set(id, shape);
    return id;
  }
}
