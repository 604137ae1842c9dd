package dev.sotto.bots;

import dev.sotto.chat.Finding;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Asks both databases, and PostgreSQL how the connection is secured, as it sees it itself. */
final class HopRows {
  private static final String SECURED =
      """
      select coalesce(version, ''), coalesce(cipher, ''), inet_client_addr() is null
      from pg_stat_ssl where pid = pg_backend_pid()\
      """;

  private HopRows() {}

  static List<Finding> examine(ApplicationContext context) {
    DataSourceResolver resolver = context.getBean(DataSourceResolver.class);
    return Stream.of("default", "keys")
        .map(name -> {
          DataSource pool = context.getBean(DataSource.class, Qualifiers.byName(name));
          return examine("datasources." + name, resolver.resolve(pool));
        })
        .toList();
  }

  private static Finding examine(String check, DataSource database) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      String product = connection.getMetaData().getDatabaseProductName();
      return product.equals("PostgreSQL")
          ? secured(check, statement)
          : Finding.well(check, product + ", embedded: there is no hop");
    } catch (SQLException e) {
      return Finding.fault(check, "does not answer (" + e.getSQLState() + ")");
    }
  }

  private static Finding secured(String check, Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery(SECURED)) {
      found.next();
      String version = found.getString(1);
      if (version.equals("TLSv1.3")) {
        return Finding.well(check, version + " " + found.getString(2) + ", PostgreSQL says");
      }
      return found.getBoolean(3)
          ? Finding.well(check, "PostgreSQL on this machine, by a Unix socket")
          : Finding.fault(check, "PostgreSQL says that the connection is no TLS 1.3");
    }
  }
}
