package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.View;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A modal that is open for a person.
 *
 * @param opener what the person did that opened it
 */
record Form(Interaction opener, String customId, String title, ArrayNode components) {
  private static final int MOST_INPUTS = 5;
  private static final int MOST_TEXT = 4_000;
  private static final int CHECKBOX = 23;

  /** Checks what a client sent as a modal. */
  static Form read(Interaction opener, JsonNode data) {
    ApiError.requireLength("data.custom_id", Json.text(data, "custom_id"), 1, 100);
    ApiError.requireLength("data.title", Json.text(data, "title"), 1, 45);
    if (data.path("components").isEmpty() || data.path("components").size() > MOST_INPUTS) {
      throw ApiError.invalid(
          "data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    ArrayNode components = Components.checked(data.path("components"), true);
    return new Form(opener, Json.text(data, "custom_id"), Json.text(data, "title"), components);
  }

  String id() {
    return Shapes.text(opener.id());
  }

  View.Modal view() {
    return new View.Modal(
        id(), title, "Submit", components.valueStream().flatMap(Form::fields).toList());
  }

  private static Stream<View.Field> fields(JsonNode component) {
    String label = Json.text(component, "label");
    return inputs(component).map(input -> field(input, label));
  }

  private static View.Field field(JsonNode input, String label) {
    boolean checkbox = input.path("type").asInt() == CHECKBOX;
    List<String> choices =
        checkbox
            ? List.of("true", "false")
            : Json.each(input, "options").map(option -> Json.text(option, "value")).toList();
    return new View.Field(
        Json.text(input, "custom_id"),
        label.isEmpty() ? Json.text(input, "label") : label,
        Json.text(input, "value"),
        input.path("style").asInt() == 2,
        !checkbox && input.path("required").asBoolean(true),
        choices);
  }

  private static Stream<JsonNode> inputs(JsonNode component) {
    return Components.all(Json.array().add(component))
        .filter(part -> part.has("custom_id") && !part.has("component"));
  }

  /**
   * What the client is told when the person sends the form off.
   *
   * @throws IllegalArgumentException a value is missing, too long or none of the choices
   */
  ObjectNode submitted(Map<String, String> values) {
    ObjectNode data = Json.object().put("custom_id", customId);
    ArrayNode filled = data.putArray("components");
    for (JsonNode component : components) {
      ObjectNode shape = head(component);
      switch (component.path("type").asInt()) {
        case Components.LABEL ->
            filled.add(
                shape.<ObjectNode>set("component", filled(component.path("component"), values)));
        case Components.ROW -> {
          shape.set(
              "components",
              Json.array(Json.each(component, "components").map(input -> filled(input, values))));
          filled.add(shape);
        }
        default -> filled.add(shape);
      }
    }
    data.putObject("resolved");
    return data;
  }

  private static ObjectNode head(JsonNode component) {
    return Json.object()
        .put("type", component.path("type").asInt())
        .put("id", component.path("id").asInt());
  }

  private static ObjectNode filled(JsonNode input, Map<String, String> values) {
    View.Field field = field(input, "");
    String value = values.getOrDefault(field.id(), field.value());
    check(input, field, value);
    ObjectNode shape = head(input).put("custom_id", field.id());
    if (input.path("type").asInt() == CHECKBOX) {
      return shape.put("value", Boolean.parseBoolean(value));
    }
    boolean many = Components.isSelect(input) || input.has("options");
    if (!many) {
      return shape.put("value", value);
    }
    ArrayNode chosen = shape.putArray("values");
    if (!value.isEmpty()) {
      chosen.add(value);
    }
    return shape;
  }

  private static void check(JsonNode input, View.Field field, String value) {
    int most = input.path("max_length").asInt(MOST_TEXT);
    if (field.required() && value.isBlank()) {
      throw new IllegalArgumentException("a required field is empty");
    }
    if (value.length() > most || value.length() < input.path("min_length").asInt(0)) {
      throw new IllegalArgumentException("a field is too short or too long");
    }
    if (!value.isEmpty() && !field.choices().isEmpty() && !field.choices().contains(value)) {
      throw new IllegalArgumentException("no such choice");
    }
  }

  @Override
  public String toString() {
    return "Form";
  }
}
