package dev.sotto.bots;

import dev.sotto.database.Embedded;
import io.micronaut.context.env.Environment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides what the two databases are: PostgreSQL when told so ({@link PostgresAddress}), else an
 * embedded H2 file in the data directory. H2 acknowledges a commit before it is written unless
 * {@code WRITE_DELAY=0} is set, and loses it when the process is killed; so an H2 address always
 * carries it. Without a larger cache of queries than its own of 8 it parses every statement anew.
 */
final class Databases {
  private static final String H2_SETTINGS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
          + ";TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=128";
  private static final Set<String> REFUSED =
      Set.of(
          "WRITE_DELAY",
          "INIT",
          "CIPHER",
          "AUTO_SERVER",
          "TRACE_LEVEL_FILE",
          "TRACE_LEVEL_SYSTEM_OUT");

  private static final Pattern OVER_THE_NET =
      Pattern.compile("^jdbc:h2:(?:tcp|ssl):", Pattern.CASE_INSENSITIVE);

  private Databases() {}

  /**
   * The properties of both data sources.
   *
   * @throws IllegalArgumentException an address cannot be used; the message names its property
   */
  static Map<String, Object> settings(Environment environment) {
    Path data =
        Path.of(environment.getRequiredProperty("sotto.data-directory", String.class))
            .toAbsolutePath()
            .normalize();
    Map<String, Object> settings = new HashMap<>();
    for (String name : List.of("default", "keys")) {
      String property = "datasources." + name + ".url";
      String given = environment.getProperty(property, String.class).orElse("").strip();
      settings.put("datasources." + name + ".pool-name", name);
      if (given.startsWith(PostgresAddress.SCHEME)) {
        refuseBesideTheUrl(environment, name);
        settings.put(property, PostgresAddress.secured(property, given, trusted(environment)));
        settings.put("datasources." + name + ".driver-class-name", "org.postgresql.Driver");
      } else {
        String file = "jdbc:h2:file:" + data.resolve(name.equals("keys") ? "keys" : "sotto");
        String url = given.isEmpty() ? file : checked(property, given);
        String password = environment.getProperty(EmbeddedFile.PASSWORD, String.class).orElse("");
        settings.put(property, url + EmbeddedFile.cipher(url, password) + H2_SETTINGS);
        settings.put("datasources." + name + ".driver-class-name", "org.h2.Driver");
        settings.put("datasources." + name + ".username", "sotto");
        settings.put("datasources." + name + ".password", EmbeddedFile.ofDriver(password));
      }
    }
    return settings;
  }

  /** What would reach the driver without having been looked at. */
  private static void refuseBesideTheUrl(Environment environment, String name) {
    String properties = "datasources." + name + ".data-source-properties";
    if (!environment.getProperties(properties).isEmpty()) {
      throw new IllegalArgumentException(
          properties + " is not used: set them in datasources." + name + ".url");
    }
  }

  private static String trusted(Environment environment) {
    return environment.getProperty("sotto.trusted-certificates", String.class).orElse("").strip();
  }

  private static String checked(String property, String url) {
    if (!Embedded.is(url)) {
      throw new IllegalArgumentException(
          property + " has to begin with " + PostgresAddress.SCHEME + " or jdbc:h2:");
    }
    if (OVER_THE_NET.matcher(url).find()) {
      throw new IllegalArgumentException(
          property + ": H2 is embedded here and reached over no network; use jdbc:h2:file:");
    }
    for (String part : url.split(";", -1)) {
      String setting = part.split("=", 2)[0].toUpperCase(Locale.ROOT);
      if (REFUSED.contains(setting)) {
        throw new IllegalArgumentException(property + " must not set " + setting);
      }
    }
    return url;
  }
}
