package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads layout blocks: their limits, their text, and what can be pressed in them. */
final class Blocks {
  private static final int MOST = 50;
  private static final int SECTION = 3_000;
  private static final int SUM = 13_200;
  private static final int LABEL = 75;
  private static final int VALUE = 2_000;

  private Blocks() {}

  /** The blocks of a message, each with an id, after Slack's limits. */
  static ArrayNode checked(JsonNode given) {
    if (!(given instanceof ArrayNode blocks) || blocks.size() > MOST) {
      throw new Refusal("invalid_blocks");
    }
    int sum = 0;
    for (int i = 0; i < blocks.size(); i++) {
      String text = text(blocks.get(i));
      sum += text.length();
      if (!acceptable(blocks.get(i), text)) {
        throw new Refusal("invalid_blocks");
      }
      identify(blocks.get(i), i);
    }
    if (sum > SUM) {
      throw new Refusal("msg_blocks_too_long");
    }
    return blocks;
  }

  private static boolean acceptable(JsonNode block, String text) {
    boolean section = block.path("type").asText().equals("section");
    return block.path("type").isTextual()
        && (!section || text.length() <= SECTION)
        && elements(block)
            .filter(element -> element.path("type").asText().equals("button"))
            .allMatch(button ->
                button.at("/text/text").asText().length() <= LABEL
                    && button.path("value").asText().length() <= VALUE);
  }

  private static void identify(JsonNode block, int index) {
    if (block instanceof ObjectNode object && !object.has("block_id")) {
      object.put("block_id", "b" + index);
    }
  }

  /** What a person reads in them, one block a paragraph. */
  static String text(ArrayNode blocks) {
    return stream(blocks)
        .map(Blocks::text)
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining("\n\n"));
  }

  private static String text(JsonNode block) {
    JsonNode text = block.path("text");
    String own = text.isTextual() ? text.asText() : text.path("text").asText();
    Stream<String> further =
        Stream.concat(stream(block.path("fields")), stream(block.path("elements")))
            .filter(element -> !element.has("action_id"))
            .map(Blocks::text);
    return Stream.concat(Stream.of(own), further)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  static List<View.Button> buttons(ArrayNode blocks) {
    return presses(blocks).stream()
        .map(press -> new View.Button(press.id(), press.label(), true))
        .toList();
  }

  /**
   * One thing that can be pressed.
   *
   * @param id its {@code action_id}; of a pair of feedback buttons, with {@code +} or {@code -}
   *     behind it
   * @param action what an interaction says about it
   */
  record Press(String id, String label, ObjectNode action) {}

  static Press press(ArrayNode blocks, String id) {
    return presses(blocks).stream()
        .filter(press -> press.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new Refusal("no such button"));
  }

  private static List<Press> presses(ArrayNode blocks) {
    List<Press> presses = new ArrayList<>();
    for (JsonNode block : blocks) {
      elements(block).forEach(element -> add(presses, block, element));
    }
    return presses;
  }

  private static void add(List<Press> presses, JsonNode block, JsonNode element) {
    String id = element.path("action_id").asText();
    switch (element.path("type").asText()) {
      case "button" -> presses.add(press(id, block, element, element));
      case "feedback_buttons" -> {
        presses.add(press(id + "+", block, element, element.path("positive_button")));
        presses.add(press(id + "-", block, element, element.path("negative_button")));
      }
      default -> {}
    }
  }

  private static Press press(String id, JsonNode block, JsonNode element, JsonNode face) {
    return new Press(
        id,
        face.at("/text/text").asText(),
        Json.object(
            "type", element.path("type"),
            "action_id", element.path("action_id"),
            "block_id", block.path("block_id"),
            "text", face.path("text"),
            "value", Optional.of(face.path("value")).filter(JsonNode::isTextual)));
  }

  private static Stream<JsonNode> elements(JsonNode block) {
    return Stream.concat(stream(block.path("elements")), Stream.of(block.path("accessory")));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
