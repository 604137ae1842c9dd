package dev.sotto.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;

/** Reads JSON of any shape: what is missing or of another kind is empty. */
final class SlackJson {
  private SlackJson() {}

  static JsonObject parse(String json) {
    try {
      JsonElement element = JsonParser.parseString(json);
      return element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
    } catch (JsonParseException _) {
      return new JsonObject();
    }
  }

  static String text(JsonObject object, String name) {
    JsonElement element = object.get(name);
    return element != null && element.isJsonPrimitive() ? element.getAsString() : "";
  }

  /** The first of these members that says something. */
  static String text(JsonObject object, String name, String... others) {
    return Arrays.stream(others)
        .map(other -> text(object, other))
        .reduce(text(object, name), (first, next) -> first.isEmpty() ? next : first);
  }

  static boolean isTrue(JsonObject object, String name) {
    return text(object, name).equals("true");
  }

  static JsonObject object(JsonObject object, String name) {
    JsonElement element = object.get(name);
    return element != null && element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
  }

  static List<JsonObject> objects(JsonObject object, String name) {
    JsonElement element = object.get(name);
    JsonArray array =
        element != null && element.isJsonArray() ? element.getAsJsonArray() : new JsonArray();
    return array.asList().stream()
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }
}
