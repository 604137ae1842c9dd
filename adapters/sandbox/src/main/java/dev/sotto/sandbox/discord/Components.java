package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tree of components of a message or a form: its limits, and what stands in it. */
final class Components {
  static final int ROW = 1;
  static final int BUTTON = 2;
  static final int TEXT_INPUT = 4;
  static final int TEXT_DISPLAY = 10;
  static final int LABEL = 18;
  private static final int LINK_STYLE = 5;
  private static final int MOST = 40;
  private static final int MOST_ROWS = 5;
  private static final int MOST_IN_ROW = 5;
  private static final int MOST_TEXT = 4_000;
  private static final Set<Integer> SELECTS = Set.of(3, 5, 6, 7, 8);

  private Components() {}

  /** A checked copy in which every component has its number. */
  static ArrayNode checked(JsonNode sent, boolean layout) {
    ArrayNode tree = Json.array(sent.valueStream().map(JsonNode::deepCopy));
    require(!tree.isEmpty() || sent.isEmpty() || sent.isNull(), "components", "Must be an array.");
    require(layout || tree.size() <= MOST_ROWS, "components", "Must be 5 or fewer in length.");
    require(all(tree).count() <= MOST, "components", "Must be 40 or fewer in all.");
    require(text(tree).length() <= MOST_TEXT, "components", "Must be 4000 characters in all.");
    Set<String> seen = new HashSet<>();
    int number = 1;
    for (JsonNode component : all(tree).toList()) {
      check(component, seen, layout);
      if (component instanceof ObjectNode object && !Json.has(object, "id")) {
        object.put("id", number++);
      }
    }
    return tree;
  }

  private static void check(JsonNode component, Set<String> seen, boolean layout) {
    int type = component.path("type").asInt();
    String customId = Json.text(component, "custom_id");
    boolean used = type == BUTTON || SELECTS.contains(type);
    require(
        layout || type == ROW || used || type == TEXT_INPUT,
        "components",
        "The flag IS_COMPONENTS_V2 is needed for this component.");
    require(
        type != ROW || component.path("components").size() <= MOST_IN_ROW,
        "components",
        "A row holds 5 or fewer.");
    require(customId.isEmpty() || seen.add(customId), "components", "Custom id is duplicated.");
    if (used) {
      boolean link = type == BUTTON && component.path("style").asInt() == LINK_STYLE;
      require(
          link == customId.isEmpty() || Json.has(component, "sku_id"), "components", "Custom id.");
      ApiError.requireLength("components", customId, 0, 100);
      ApiError.requireLength("components", Json.text(component, "label"), 0, 80);
    }
    require(component.path("options").size() <= 25, "components", "Must be 25 or fewer options.");
  }

  private static void require(boolean condition, String path, String message) {
    if (!condition) {
      throw ApiError.invalid(path, "COMPONENT_VALIDATION_FAILED", message);
    }
  }

  /** Every component, each before those inside it. */
  static Stream<JsonNode> all(JsonNode tree) {
    return tree.valueStream().flatMap(Components::withInner);
  }

  private static Stream<JsonNode> withInner(JsonNode component) {
    Stream<JsonNode> single =
        Stream.of(component.path("component"), component.path("accessory"))
            .filter(JsonNode::isObject)
            .flatMap(Components::withInner);
    return Stream.concat(
        Stream.of(component), Stream.concat(all(component.path("components")), single));
  }

  /** The text that stands between the components, a line break after each piece. */
  static String text(JsonNode tree) {
    return all(tree)
        .filter(component -> component.path("type").asInt() == TEXT_DISPLAY)
        .map(component -> Json.text(component, "content"))
        .collect(Collectors.joining("\n"));
  }

  static boolean isButton(JsonNode component) {
    return component.path("type").asInt() == BUTTON;
  }

  static boolean isSelect(JsonNode component) {
    return SELECTS.contains(component.path("type").asInt());
  }
}
