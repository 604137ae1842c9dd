package dev.sotto.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Slack's {@code ts}: seconds with microseconds behind the point. */
final class SlackTime {
  private SlackTime() {}

  /** When something with this {@code ts} was; empty when it is none. */
  static Optional<Instant> read(String ts) {
    if (!ts.matches("\\d{1,12}\\.\\d{6}")) {
      return Optional.empty();
    }
    int point = ts.indexOf('.');
    Duration micros = Duration.ofNanos(Long.parseLong(ts.substring(point + 1)) * 1_000);
    return Optional.of(Instant.ofEpochSecond(Long.parseLong(ts.substring(0, point))).plus(micros));
  }

  static String write(Instant time) {
    return String.format(Locale.ROOT, "%d.%06d", time.getEpochSecond(), time.getNano() / 1_000);
  }
}
