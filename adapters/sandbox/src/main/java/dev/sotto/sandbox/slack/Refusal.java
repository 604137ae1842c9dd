package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Slack's no: the {@code error} of an answer and what goes with it. */
final class Refusal extends IllegalArgumentException {
  private static final long serialVersionUID = 1;
  private final transient ObjectNode answer;

  Refusal(String error, Object... namesAndValues) {
    super(error);
    answer = Json.object("ok", false, "error", error);
    answer.setAll(Json.object(namesAndValues));
  }

  ObjectNode answer() {
    return answer;
  }
}
