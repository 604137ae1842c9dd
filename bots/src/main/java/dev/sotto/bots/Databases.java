package dev.sotto.bots;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Decides what the two databases are: PostgreSQL when told so, else an embedded H2 file in the data
 * directory. H2 acknowledges a commit before it is written unless {@code WRITE_DELAY=0} is set, and
 * loses it when the process is killed; so an H2 address always carries it.
 */
@Singleton
final class Databases implements BeanCreatedEventListener<DatasourceConfiguration> {
  private static final String H2_SETTINGS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
          + ";TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE";
  private static final Set<String> REFUSED =
      Set.of("WRITE_DELAY", "INIT", "AUTO_SERVER", "TRACE_LEVEL_FILE", "TRACE_LEVEL_SYSTEM_OUT");

  private final Path dataDirectory;

  Databases(@Value("${sotto.data-directory}") String dataDirectory) {
    this.dataDirectory = Path.of(dataDirectory).toAbsolutePath().normalize();
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration database = event.getBean();
    String given = database.getConfiguredUrl();
    if (given == null || given.isBlank()) {
      String file = database.getName().equals("keys") ? "keys" : "sotto";
      h2(database, "jdbc:h2:file:" + dataDirectory.resolve(file));
    } else if (given.startsWith("jdbc:h2:")) {
      h2(database, checked(database.getName(), given));
    } else if (given.startsWith("jdbc:postgresql:")) {
      database.setDriverClassName("org.postgresql.Driver");
    } else {
      throw new IllegalArgumentException(
          property(database.getName()) + " has to begin with jdbc:postgresql: or jdbc:h2:");
    }
    return database;
  }

  private static void h2(DatasourceConfiguration database, String url) {
    database.setUrl(url + H2_SETTINGS);
    database.setDriverClassName("org.h2.Driver");
    database.setUsername("sotto");
    database.setPassword("");
  }

  private static String checked(String name, String url) {
    for (String part : url.split(";", -1)) {
      String setting = part.split("=", 2)[0].toUpperCase(Locale.ROOT);
      if (REFUSED.contains(setting)) {
        throw new IllegalArgumentException(property(name) + " must not set " + setting);
      }
    }
    return url;
  }

  private static String property(String name) {
    return "datasources." + name + ".url";
  }
}
