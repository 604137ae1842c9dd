package dev.sotto;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, ahead by what a file says, such as {@code PT1H}. */
@Singleton
@Primary
@Requires(property = JumpingClock.ORDERS)
public final class JumpingClock extends Clock {
  /** Names the file. */
  public static final String ORDERS = "test.clock-orders";

  private final Path orders;

  JumpingClock(@Property(name = ORDERS) Path orders) {
    this.orders = orders;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Instant instant() {
    return Instant.now(Clock.systemUTC()).plus(ahead());
  }

  private Duration ahead() {
    try {
      return Duration.parse(Files.readString(orders).strip());
    } catch (NoSuchFileException e) {
      return Duration.ZERO;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
