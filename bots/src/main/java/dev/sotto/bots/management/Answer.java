package dev.sotto.bots.management;

/** What one address of the endpoint says. */
public record Answer(int status, String type, String body) {
  static final String JSON = "application/json";
}
