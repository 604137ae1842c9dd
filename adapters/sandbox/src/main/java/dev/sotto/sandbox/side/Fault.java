package dev.sotto.sandbox.side;

import java.time.Duration;
import java.util.Map;

/** What goes wrong with one HTTP call. */
public sealed interface Fault {

  /** Nothing happens; the answer is 429 with {@code Retry-After}. */
  record TooMany(Duration retryAfter) implements Fault {}

  /** Nothing happens; the answer has this status and no use. */
  record Broken(int status) implements Fault {}

  /**
   * Nothing happens; the answer is the platform's own way to say no.
   *
   * @param error Slack's {@code error}, or Discord's numeric {@code code}
   * @param details further fields of the answer
   */
  record Refused(String error, Map<String, String> details) implements Fault {
    public Refused {
      details = Map.copyOf(details);
    }
  }

  /** It happens and is answered, after a while. */
  record Slow(Duration by) implements Fault {}

  /** It happens at once, and the answer never comes; the connection stays open for 2 minutes. */
  record Unanswered() implements Fault {}

  /** It happens at once, and the connection ends without an answer. */
  record Cut() implements Fault {}

  static Fault tooMany(Duration retryAfter) {
    return new TooMany(retryAfter);
  }

  static Fault broken(int status) {
    return new Broken(status);
  }

  static Fault refused(String error) {
    return new Refused(error, Map.of());
  }

  static Fault refused(String error, Map<String, String> details) {
    return new Refused(error, details);
  }

  static Fault slow(Duration by) {
    return new Slow(by);
  }

  static Fault unanswered() {
    return new Unanswered();
  }

  static Fault cut() {
    return new Cut();
  }
}
