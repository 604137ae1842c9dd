package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes and reads JSON trees. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** An object of names and values in turn; an empty {@link Optional} leaves its name out. */
  static ObjectNode object(Object... namesAndValues) {
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = (String) namesAndValues[i];
      Object value = namesAndValues[i + 1];
      if (value instanceof Optional<?> optional) {
        optional.ifPresent(present -> object.set(name, node(present)));
      } else {
        object.set(name, node(value));
      }
    }
    return object;
  }

  /** The answer of a method that did what it was asked. */
  static ObjectNode ok(Object... namesAndValues) {
    ObjectNode answer = object("ok", true);
    answer.setAll(object(namesAndValues));
    return answer;
  }

  static ArrayNode array(Stream<?> values) {
    ArrayNode array = NODES.arrayNode();
    values.map(Json::node).forEach(array::add);
    return array;
  }

  static ArrayNode array(Object... values) {
    return array(Stream.of(values));
  }

  static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static JsonNode node(Object value) {
    return MAPPER.valueToTree(value);
  }
}
