package dev.sotto.sandbox.slack;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Makes ids in Slack's forms; no two of a kind are the same. Thread-safe. */
final class Ids {
  private static final String LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

  private final Clock clock;
  private final RandomGenerator random;
  private final AtomicLong last = new AtomicLong();

  Ids(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  Instant now() {
    return clock.instant();
  }

  /** The time as a message's id: seconds and microseconds, later than any before. */
  String ts() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    long next = last.updateAndGet(before -> Math.max(before + 1, now));
    return String.format(Locale.ROOT, "%d.%06d", next / 1_000_000, next % 1_000_000);
  }

  static Instant at(String ts) {
    String[] parts = ts.split("\\.", 2);
    return Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1]) * 1_000);
  }

  /** A prefix such as {@code Ev} and 10 letters and digits. */
  String make(String prefix) {
    return prefix + letters(10);
  }

  /** What nobody guesses: 32 letters and digits. */
  String secret() {
    return letters(32);
  }

  private String letters(int count) {
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < count; i++) {
      made.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return made.toString();
  }
}
