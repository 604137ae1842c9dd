package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A typed line laid over the tree of commands, as Discord's own input does it: first the names,
 * then the options, as {@code name:value} or in their order, where the last one takes the rest.
 */
final class CommandLine {
  private final JsonNode command;
  private final List<JsonNode> path;
  private final List<JsonNode> options;
  private final String rest;
  private final String typed;

  private CommandLine(JsonNode command, List<JsonNode> path, String rest, String typed) {
    this.command = command;
    this.path = path;
    JsonNode leaf = path.isEmpty() ? command : path.getLast();
    options = Json.each(leaf, "options").toList();
    this.rest = rest;
    this.typed = typed;
  }

  /** Nothing if no command begins like this. */
  static Optional<CommandLine> read(String line, Stream<? extends JsonNode> commands) {
    String typed = line.stripLeading().replaceFirst("^/", "");
    String first = word(typed);
    return commands
        .filter(command -> Json.text(command, "name").equals(first))
        .findFirst()
        .map(command -> descend(command, typed.substring(first.length()), line));
  }

  private static CommandLine descend(JsonNode command, String after, String line) {
    List<JsonNode> path = new ArrayList<>();
    JsonNode node = command;
    String rest = after;
    Optional<JsonNode> next = Optional.of(command);
    while (next.isPresent()) {
      String typed = rest.stripLeading();
      String name = word(typed);
      next =
          Json.each(node, "options")
              .filter(CommandLine::isBranch)
              .filter(option -> Json.text(option, "name").equals(name))
              .findFirst();
      if (next.isPresent()) {
        node = next.get();
        path.add(node);
        rest = typed.substring(name.length());
      }
    }
    return new CommandLine(command, path, rest, line);
  }

  private static String word(String text) {
    return text.split("\\s", 2)[0];
  }

  private static boolean isBranch(JsonNode option) {
    int type = option.path("type").asInt();
    return type == CommandBook.SUBCOMMAND || type == CommandBook.GROUP;
  }

  /** Whether only a group was named and not what is to be done. */
  boolean isUnfinished() {
    return options.stream().anyMatch(CommandLine::isBranch);
  }

  /** The lines with which this one could go on by a name or by one of an option's own choices. */
  List<String> completions() {
    String last = rest.stripLeading();
    if (isUnfinished()) {
      return finish(last, options.stream().map(option -> Json.text(option, "name")));
    }
    return focused()
        .map(option ->
            finish(
                values().getOrDefault(Json.text(option, "name"), ""),
                Json.each(option, "choices").map(choice -> Json.text(choice, "name"))))
        .orElse(List.of());
  }

  /** The lines that end with one of these instead of what was typed last. */
  List<String> finish(String last, Stream<String> proposals) {
    boolean begun = !rest.isEmpty();
    String line = last.isEmpty() ? typed : typed.stripTrailing();
    String kept = line.substring(0, line.length() - last.length()) + (begun ? "" : " ");
    return proposals.filter(proposal -> proposal.startsWith(last)).map(kept::concat).toList();
  }

  /** The option in which the person is typing. */
  Optional<JsonNode> focused() {
    List<String> given = List.copyOf(values().keySet());
    String current = given.isEmpty() ? "" : given.getLast();
    return options.stream()
        .filter(option -> Json.text(option, "name").equals(current))
        .findFirst()
        .filter(_ -> !rest.isEmpty());
  }

  /** What the person typed for each option, by its name. */
  Map<String, String> values() {
    Map<String, String> named = named();
    return named.isEmpty() ? positional() : named;
  }

  private Map<String, String> named() {
    Map<String, String> values = new LinkedHashMap<>();
    if (options.isEmpty()) {
      return values;
    }
    String names =
        options.stream()
            .map(option -> Pattern.quote(Json.text(option, "name")))
            .collect(Collectors.joining("|"));
    Matcher matcher = Pattern.compile("(?:^|\\s)(" + names + "):").matcher(rest);
    String name = "";
    int start = 0;
    while (matcher.find()) {
      if (!name.isEmpty()) {
        values.put(name, rest.substring(start, matcher.start()).strip());
      }
      name = matcher.group(1);
      start = matcher.end();
    }
    if (!name.isEmpty()) {
      values.put(name, rest.substring(start).strip());
    }
    return values;
  }

  private Map<String, String> positional() {
    Map<String, String> values = new LinkedHashMap<>();
    String left = rest.stripLeading();
    for (int i = 0; i < options.size(); i++) {
      boolean last = i == options.size() - 1;
      String value = last ? left.stripTrailing() : word(left);
      boolean more = left.length() > value.length();
      values.put(Json.text(options.get(i), "name"), value);
      left = left.substring(value.length()).stripLeading();
      if (left.isEmpty() && !more) {
        break;
      }
    }
    return values;
  }

  /**
   * The data of the interaction.
   *
   * @param values turns what was typed into a value of the option's type
   * @throws IllegalArgumentException a required option is missing, or a value does not fit
   */
  ObjectNode data(OptionValues values, boolean typing) {
    if (isUnfinished()) {
      throw new IllegalArgumentException("the command is not complete");
    }
    ArrayNode given = Json.array();
    Map<String, String> texts = values();
    String focus = focused().map(option -> Json.text(option, "name")).orElse("");
    for (JsonNode option : options) {
      String name = Json.text(option, "name");
      String text = texts.getOrDefault(name, "");
      boolean focused = typing && name.equals(focus);
      if (!text.isEmpty() || focused) {
        given.add(focused ? focused(option, text) : values.value(option, text));
      } else if (!typing && option.path("required").asBoolean()) {
        throw new IllegalArgumentException("the option " + name + " is required");
      }
    }
    return wrap(given);
  }

  private static ObjectNode focused(JsonNode option, String text) {
    return Json.object()
        .put("name", Json.text(option, "name"))
        .put("type", option.path("type").asInt())
        .put("value", text)
        .put("focused", true);
  }

  private ObjectNode wrap(ArrayNode given) {
    ArrayNode inner = given;
    for (JsonNode branch : path.reversed()) {
      ObjectNode wrapper =
          Json.object()
              .put("name", Json.text(branch, "name"))
              .put("type", branch.path("type").asInt());
      wrapper.set("options", inner);
      inner = Json.array().add(wrapper);
    }
    ObjectNode data =
        Json.object()
            .put("id", Json.text(command, "id"))
            .put("name", Json.text(command, "name"))
            .put("type", 1);
    if (Json.has(command, "guild_id")) {
      data.put("guild_id", Json.text(command, "guild_id"));
    }
    return inner.isEmpty() ? data : data.set("options", inner);
  }
}
