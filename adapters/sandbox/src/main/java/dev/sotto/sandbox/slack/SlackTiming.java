package dev.sotto.sandbox.slack;

import java.time.Duration;
import java.util.List;

/**
 * Slack's delays.
 *
 * @param acknowledge how long an envelope waits for its acknowledgement
 * @param retries the waits before an unacknowledged event is delivered again; then it is lost
 * @param streamLife how long a streaming message takes text, from its start
 * @param triggerLife how long a {@code trigger_id} opens a modal
 */
public record SlackTiming(
    Duration acknowledge, List<Duration> retries, Duration streamLife, Duration triggerLife) {

  public SlackTiming {
    retries = List.copyOf(retries);
  }

  /** As Slack has them: 3 s; at once, after 1 and 5 minutes; 5 minutes; 3 s. */
  public static SlackTiming real() {
    return new SlackTiming(
        Duration.ofSeconds(3),
        List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5)),
        Duration.ofSeconds(306),
        Duration.ofSeconds(3));
  }

  /** The same with retries that a test can wait for: 1 s; at once, after 200 and 500 ms. */
  public static SlackTiming compressed() {
    return new SlackTiming(
        Duration.ofSeconds(1),
        List.of(Duration.ZERO, Duration.ofMillis(200), Duration.ofMillis(500)),
        Duration.ofSeconds(306),
        Duration.ofSeconds(3));
  }

  /** The same with another life of streams. */
  public SlackTiming withStreamLife(Duration life) {
    return new SlackTiming(acknowledge, retries, life, triggerLife);
  }
}
