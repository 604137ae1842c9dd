package dev.sotto.bots;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

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
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .overrideConfigLocations("file:" + HOME.resolve("config") + "/")
            .properties(overrides)
            .build();
    context.getEnvironment().start();
    Environment environment = context.getEnvironment();
    Map<String, Object> decided = new HashMap<>(Configuration.secrets(environment));
    decided.putAll(Databases.settings(environment));
    environment.addPropertySource(PropertySource.of("decided", decided, DECIDED));
    return context.start();
  }
}
