package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something below a message that a person can press: a button, or one option of a select menu.
 *
 * @param action names it among those of the message
 */
record Pressable(String action, String label, JsonNode component, List<String> values) {

  static List<Pressable> of(Message message) {
    return Components.all(message.content().rich().components())
        .filter(component -> Json.has(component, "custom_id"))
        .flatMap(Pressable::of)
        .toList();
  }

  private static Stream<Pressable> of(JsonNode component) {
    String customId = Json.text(component, "custom_id");
    if (Components.isButton(component)) {
      String emoji = Json.text(component.path("emoji"), "name");
      String label = (emoji + " " + Json.text(component, "label")).strip();
      return Stream.of(new Pressable(customId, label, component, List.of()));
    }
    return Json.each(component, "options")
        .map(option -> {
          String value = Json.text(option, "value");
          String label = Json.text(option, "label");
          return new Pressable(customId + "=" + value, label, component, List.of(value));
        });
  }

  boolean enabled() {
    return !component.path("disabled").asBoolean();
  }

  /** What the bot is told. */
  ObjectNode data() {
    ObjectNode data =
        Json.object()
            .put("id", component.path("id").asInt())
            .put("custom_id", Json.text(component, "custom_id"))
            .put("component_type", component.path("type").asInt());
    if (!Components.isButton(component)) {
      values.forEach(data.putArray("values")::add);
    }
    return data;
  }

  @Override
  public String toString() {
    return "Pressable";
  }
}
