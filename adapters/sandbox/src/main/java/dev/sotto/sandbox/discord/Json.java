package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads what clients send, which may write an id as a number and an absent value as null. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode array(Stream<? extends JsonNode> elements) {
    var array = array();
    elements.forEach(array::add);
    return array;
  }

  /** The value that these bytes hold; nothing for no bytes. */
  static JsonNode read(byte[] bytes) {
    try {
      var read = MAPPER.readTree(bytes);
      return read.isMissingNode() ? object() : read;
    } catch (IOException _) {
      throw new ApiError(ApiError.Problem.INVALID_JSON);
    }
  }

  static boolean has(JsonNode object, String field) {
    return object.hasNonNull(field);
  }

  static String text(JsonNode object, String field) {
    return object.path(field).asText("");
  }

  static Stream<JsonNode> each(JsonNode object, String field) {
    return StreamSupport.stream(object.path(field).spliterator(), false);
  }

  /** An id written as a string or as a number. */
  static Optional<Long> id(JsonNode value) {
    return value.isIntegralNumber() ? Optional.of(value.longValue()) : id(value.asText(""));
  }

  static Optional<Long> id(String value) {
    try {
      return value.isEmpty() ? Optional.empty() : Optional.of(Long.parseUnsignedLong(value));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
