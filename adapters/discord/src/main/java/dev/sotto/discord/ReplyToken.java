package dev.sotto.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What Discord wants back with the answer to a command.
 *
 * @param application the bot's application
 * @param token of the interaction; a secret while it lives
 * @param expires when Discord forgets it
 */
record ReplyToken(String application, String token, Instant expires) {
  /** Discord keeps an interaction for 15 minutes; half a minute of it is left for the way. */
  private static final Duration LIFE = Duration.ofMinutes(15).minusSeconds(30);

  /** Within which Discord is told that there will be an answer; times are in whole seconds. */
  private static final Duration YOUTH = Duration.ofSeconds(4);

  private static final int PARTS = 3;

  static ReplyToken made(String application, String token, Instant at) {
    return new ReplyToken(application, token, at.plus(LIFE));
  }

  static ReplyToken decoded(String encoded) {
    List<String> parts = List.of(encoded.split(" ", PARTS));
    if (parts.size() != PARTS) {
      throw new IllegalArgumentException("not a reply token of Discord");
    }
    return new ReplyToken(
        parts.get(0), parts.get(2), Instant.ofEpochSecond(Long.parseLong(parts.get(1))));
  }

  /** Whether Discord may still be told that there will be an answer. */
  boolean isYoung(Instant now) {
    return now.isBefore(expires.minus(LIFE).plus(YOUTH));
  }

  String encoded() {
    return application + " " + expires.getEpochSecond() + " " + token;
  }

  @Override
  public String toString() {
    return "ReplyToken[REDACTED]";
  }
}
