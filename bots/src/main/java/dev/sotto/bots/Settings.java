package dev.sotto.bots;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes of the configuration what the core and the adapters are built from. */
@Factory
final class Settings {

  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
