package dev.sotto;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The databases that tests run on, as properties for an application context. Without any, a context
 * has databases in memory ({@code application.yml}).
 */
public final class TestDatabases {
  private static final String H2 =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0";

  private TestDatabases() {}

  /** H2 files in a directory: the same directory is the same data, after a restart. */
  public static Map<String, Object> h2(Path directory) {
    Map<String, Object> properties = new HashMap<>();
    for (String name : new String[] {"default", "keys"}) {
      properties.put(
          "datasources." + name + ".url",
          "jdbc:h2:file:" + directory.toAbsolutePath().resolve(name) + H2);
    }
    return properties;
  }

  /** Two fresh databases on a PostgreSQL that all tests of this process share. */
  public static Map<String, Object> postgres() {
    Map<String, Object> properties = new HashMap<>();
    for (String name : new String[] {"default", "keys"}) {
      String prefix = "datasources." + name + ".";
      properties.put(prefix + "url", Server.fresh());
      properties.put(prefix + "driver-class-name", "org.postgresql.Driver");
    }
    return properties;
  }

  /** Started when first used; it stops with the process. */
  private static final class Server {
    private static final EmbeddedPostgres SHARED = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off") // Our processes are killed, the server never is.
            .setServerConfig("full_page_writes", "off")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String fresh() {
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      try (Connection connection = SHARED.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return SHARED.getJdbcUrl("postgres", name);
    }
  }
}
