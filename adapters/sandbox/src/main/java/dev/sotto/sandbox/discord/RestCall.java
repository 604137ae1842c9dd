package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.side.Upload;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request as a route sees it.
 *
 * @param path the parts of the path that stand for something
 * @param body an empty object where none was sent
 */
record RestCall(
    Map<String, String> path, Map<String, String> query, JsonNode body, List<Upload> files) {

  String part(String name) {
    return path.getOrDefault(name, "");
  }

  /** An id in the path; 0, which nothing has, where something else stands. */
  long id(String name) {
    return Json.id(part(name)).orElse(0L);
  }

  Optional<Long> queryId(String name) {
    return Json.id(query.getOrDefault(name, ""));
  }

  boolean asksFor(String flag) {
    return Boolean.parseBoolean(query.get(flag));
  }

  @Override
  public String toString() {
    return "RestCall";
  }

  /**
   * What a route answers.
   *
   * @param body none with 204
   */
  record Answer(int status, Optional<JsonNode> body) {
    static final Answer NOTHING = new Answer(204, Optional.empty());

    static Answer ok(JsonNode body) {
      return new Answer(200, Optional.of(body));
    }

    static Answer created(JsonNode body) {
      return new Answer(201, Optional.of(body));
    }
  }

  /** Answers one kind of request; called with the guild's monitor held. */
  @FunctionalInterface
  interface Route {
    Answer answer(RestCall call);
  }
}
