package dev.sotto.bots;

import ch.qos.logback.classic.LoggerContext;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Where Sotto is installed: its configuration files and what they make of the program. */
final class Installation {
  /** The checkout; the launcher starts the program in it. */
  static final Path HOME = Path.of(System.getProperty("sotto.home", "."));

  /** Above everything an operator can write. */
  private static final int DECIDED = 100;

  private Installation() {}

  /**
   * Reads the configuration and readies databases and keys.
   *
   * @param overrides properties that win over files and environment
   * @throws IllegalArgumentException something in the configuration cannot be used
   */
  static ApplicationContext open(Map<String, Object> overrides) {
    ApplicationContext context = configured(overrides);
    Environment environment = context.getEnvironment();
    try (Outside outside = new Outside(environment)) {
      decide(environment, "secrets", Configuration.secrets(environment, outside::texts));
    }
    decide(environment, "databases", Databases.settings(environment));
    maskSecrets(environment);
    return context.start();
  }

  /** What can be done with the configuration and the root key alone. */
  static Outside outside(Map<String, Object> overrides) {
    return new Outside(configured(overrides).getEnvironment());
  }

  /** Where the data lie. */
  static Path dataDirectory(Map<String, Object> overrides) {
    try (ApplicationContext context = configured(overrides)) {
      return Path.of(
          context.getEnvironment().getRequiredProperty("sotto.data-directory", String.class));
    }
  }

  private static ApplicationContext configured(Map<String, Object> overrides) {
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .overrideConfigLocations("file:" + HOME.resolve("config") + "/")
            .properties(overrides)
            .build();
    context.getEnvironment().start();
    return context;
  }

  private static void decide(Environment environment, String what, Map<String, Object> values) {
    environment.addPropertySource(PropertySource.of(what, values, DECIDED));
  }

  private static void maskSecrets(Environment environment) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
      Stream<String> configured =
          SecretRules.SECRETS.stream()
              .flatMap(it -> environment.getProperty(it, String.class).stream());
      Stream<String> others =
          System.getenv().entrySet().stream()
              .filter(it -> SecretRules.soundsSecret(it.getKey()))
              .map(Map.Entry::getValue)
              .filter(it -> !it.matches("(?:file:|sealed:|/).*"));
      LogMask.know(logs, Stream.concat(configured, others).map(String::strip).toList());
    }
  }
}
