package dev.sotto.crypto;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.fasterxml.uuid.UUIDClock;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes ids: UUIDv7 (RFC 9562), rising within a process. */
@Singleton
final class Ids {
  private final NoArgGenerator generator;

  Ids(Clock clock) {
    UUIDClock time =
        new UUIDClock() {
          @Override
          public long currentTimeMillis() {
            return clock.millis();
          }
        };
    this.generator = Generators.timeBasedEpochGenerator(new SecureRandom(), time);
  }

  UUID next() {
    return generator.generate();
  }
}
