package dev.sotto.bots;

import dev.sotto.chat.TrustedCertificates;
import dev.sotto.discord.DiscordSettings;
import dev.sotto.slack.SlackSettings;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Makes of the configuration what the core and the adapters are built from. */
@Factory
final class Settings {

  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
