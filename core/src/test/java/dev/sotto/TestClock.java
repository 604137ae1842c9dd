package dev.sotto;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes on when it is told to. */
public final class TestClock extends Clock {
  private final AtomicReference<Instant> now;

  public TestClock(String now) {
    this.now = new AtomicReference<>(Instant.parse(now));
  }

  public void advance(Duration time) {
    now.updateAndGet(it -> it.plus(time));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("in UTC only");
  }
}
