package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The slash commands that a bot has registered in one scope, checked and completed. */
final class CommandBook {
  static final int SUBCOMMAND = 1;
  static final int GROUP = 2;
  private static final int MOST = 100;
  private static final int MOST_OPTIONS = 25;
  private static final Pattern NAME = Pattern.compile("[-_\\p{L}\\p{N}]{1,32}");

  private final Guild guild;
  private final boolean global;
  private final Map<String, ObjectNode> commands = new LinkedHashMap<>();

  CommandBook(Guild guild, boolean global) {
    this.guild = guild;
    this.global = global;
  }

  Stream<ObjectNode> all() {
    return commands.values().stream();
  }

  Optional<ObjectNode> find(long id) {
    return all().filter(command -> Json.text(command, "id").equals(Shapes.text(id))).findFirst();
  }

  /** Replaces all commands; one that keeps its name keeps its id. */
  ArrayNode replace(JsonNode sent) {
    List<ObjectNode> checked = sent.valueStream().map(this::complete).toList();
    if (checked.size() > MOST) {
      throw ApiError.invalid("_", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
    }
    commands.clear();
    checked.forEach(command -> commands.put(Json.text(command, "name"), command));
    return Json.array(all());
  }

  ObjectNode put(JsonNode sent) {
    ObjectNode command = complete(sent);
    commands.put(Json.text(command, "name"), command);
    return command;
  }

  ObjectNode change(ObjectNode before, JsonNode sent) {
    ObjectNode merged = before.deepCopy();
    sent.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
    ObjectNode command = complete(merged);
    remove(before);
    commands.put(Json.text(command, "name"), command.put("id", Json.text(before, "id")));
    return command;
  }

  void remove(ObjectNode command) {
    commands.remove(Json.text(command, "name"));
  }

  private ObjectNode complete(JsonNode sent) {
    check(sent, "name", 1);
    String name = Json.text(sent, "name");
    ObjectNode command = Json.object();
    command
        .put("id", id(name))
        .put("application_id", Shapes.text(guild.application()))
        .put("version", Shapes.text(guild.nextId()))
        .put("type", sent.path("type").asInt(1))
        .put("name", name)
        .put("description", Json.text(sent, "description"))
        .put("dm_permission", true)
        .put("nsfw", sent.path("nsfw").asBoolean());
    for (String kept :
        List.of("name_localizations", "description_localizations", "default_member_permissions")) {
      command.set(kept, Json.has(sent, kept) ? sent.get(kept) : command.nullNode());
    }
    if (global) {
      command.set("contexts", numbers(sent.path("contexts")));
      command.set("integration_types", numbers(sent.path("integration_types")));
    } else {
      command.put("guild_id", Shapes.text(guild.id()));
    }
    ArrayNode options = Json.array(Json.each(sent, "options").map(JsonNode::deepCopy));
    return command.set("options", options);
  }

  private String id(String name) {
    return Optional.ofNullable(commands.get(name))
        .map(before -> Json.text(before, "id"))
        .orElseGet(() -> Shapes.text(guild.nextId()));
  }

  /** Clients write these numbers also as strings; where they write none, Discord's own apply. */
  private static ArrayNode numbers(JsonNode sent) {
    ArrayNode numbers = Json.array();
    sent.valueStream().forEach(number -> numbers.add(number.asInt()));
    return numbers.isEmpty() ? numbers.add(0).add(1) : numbers;
  }

  private static void check(JsonNode sent, String path, int depth) {
    String name = Json.text(sent, "name");
    if (!NAME.matcher(name).matches() || !name.equals(name.toLowerCase(Locale.ROOT))) {
      throw ApiError.invalid(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
    ApiError.requireLength("description", Json.text(sent, "description"), 1, 100);
    if (sent.path("options").size() > MOST_OPTIONS || depth > 4) {
      throw ApiError.invalid("options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    Set<String> names = new HashSet<>();
    boolean optional = false;
    for (JsonNode option : Json.each(sent, "options").toList()) {
      check(option, "options", depth + 1);
      boolean required = option.path("required").asBoolean();
      if (!names.add(Json.text(option, "name")) || (optional && required)) {
        throw ApiError.invalid(
            "options",
            "APPLICATION_COMMAND_OPTIONS_INVALID",
            "Options are doubled or out of order");
      }
      optional = optional || !required;
    }
  }
}
