package dev.sotto.sandbox.discord;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes ids as Discord does: milliseconds since 2015 and a counter below them. They tell the time,
 * because clients compute the expiry of an interaction from its id, and they only ever grow.
 */
final class Snowflakes {
  private static final long EPOCH = 1_420_070_400_000L;
  private static final int TIME_SHIFT = 22;

  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  Snowflakes(Clock clock) {
    this.clock = clock;
  }

  long next() {
    long now = (clock.millis() - EPOCH) << TIME_SHIFT;
    return last.updateAndGet(previous -> Math.max(previous + 1, now));
  }

  static Instant time(long id) {
    return Instant.ofEpochMilli((id >>> TIME_SHIFT) + EPOCH);
  }
}
