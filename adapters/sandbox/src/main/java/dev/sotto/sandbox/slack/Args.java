package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** What a method was called with. */
record Args(Map<String, String> fields) {
  Args {
    fields = Map.copyOf(fields);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
  }

  String required(String name) {
    return text(name).orElseThrow(() -> invalid("missing required field: " + name));
  }

  boolean flag(String name) {
    return text(name).filter(value -> value.equals("1") || value.equals("true")).isPresent();
  }

  int number(String name, int otherwise) {
    try {
      return text(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException _) {
      throw invalid("no number: " + name);
    }
  }

  Optional<JsonNode> json(String name) {
    return text(name)
        .map(value -> Json.parse(value).orElseThrow(() -> invalid("no JSON: " + name)));
  }

  private static Refusal invalid(String message) {
    return new Refusal(
        "invalid_arguments",
        "response_metadata",
        Json.object("messages", Json.array("[ERROR] " + message)));
  }

  @Override
  public String toString() {
    return "Args" + fields.keySet();
  }
}
