package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Between a modal's input blocks and the fields that a person fills. A field is a block. */
final class Forms {
  private Forms() {}

  static View.Modal modal(Dialogs.Dialog dialog) {
    ObjectNode view = dialog.view();
    return new View.Modal(
        dialog.id(),
        view.at("/title/text").asText(),
        view.at("/submit/text").asText("Submit"),
        inputs(view).map(Forms::field).toList());
  }

  private static View.Field field(JsonNode block) {
    JsonNode element = block.path("element");
    return new View.Field(
        block.path("block_id").asText(),
        block.at("/label/text").asText(),
        element.path("initial_value").asText(element.at("/initial_option/text/text").asText()),
        element.path("multiline").asBoolean(),
        !block.path("optional").asBoolean(),
        options(element).map(option -> option.at("/text/text").asText()).toList());
  }

  /**
   * The state of a view, filled.
   *
   * @param values by field; what is not given keeps its first value
   */
  static ObjectNode filled(Dialogs.Dialog dialog, Map<String, String> values) {
    ObjectNode state = Json.object();
    inputs(dialog.view())
        .forEach(block -> {
          View.Field field = field(block);
          String value = values.getOrDefault(field.id(), field.value());
          if (value.isEmpty() && field.required()) {
            throw new IllegalArgumentException("a value is missing: " + field.label());
          }
          JsonNode element = block.path("element");
          state.set(
              field.id(), Json.object(element.path("action_id").asText(), answer(element, value)));
        });
    ObjectNode view = dialog.view().deepCopy();
    view.set("state", Json.object("values", state));
    return view;
  }

  private static ObjectNode answer(JsonNode element, String value) {
    JsonNode type = element.path("type");
    List<JsonNode> chosen =
        options(element).filter(option -> option.at("/text/text").asText().equals(value)).toList();
    if (chosen.isEmpty()) {
      return Json.object(
          "type", type, "value", Optional.of(value).filter(given -> !given.isEmpty()));
    }
    return type.asText().equals("checkboxes")
        ? Json.object("type", type, "selected_options", chosen)
        : Json.object("type", type, "selected_option", chosen.getFirst());
  }

  private static Stream<JsonNode> inputs(JsonNode view) {
    return StreamSupport.stream(view.path("blocks").spliterator(), false)
        .filter(block -> block.path("type").asText().equals("input"));
  }

  private static Stream<JsonNode> options(JsonNode element) {
    return StreamSupport.stream(element.path("options").spliterator(), false);
  }
}
