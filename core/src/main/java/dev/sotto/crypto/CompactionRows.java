package dev.sotto.crypto;

import io.micronaut.jdbc.BasicJdbcConfiguration;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the file of an embedded key store anew when the program stops, if keys were destroyed
 * since it was last written: until then the file still has the old bytes. That it was done is noted
 * afterwards, so that a stop which is cut off is made good by the next.
 */
@Singleton
class CompactionRows implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CompactionRows.class);

  /** H2's DATABASE_IS_CLOSED, DATABASE_CALLED_AT_SHUTDOWN and OBJECT_CLOSED. */
  private static final Set<Integer> CLOSED = Set.of(90098, 90121, 90007);

  private final EpochRows epochs;
  private final DataSource source;
  private final BasicJdbcConfiguration address;

  CompactionRows(
      EpochRows epochs,
      @Named("keys") DataSource keys,
      DataSourceResolver resolver,
      @Named("keys") BasicJdbcConfiguration address) {
    this.epochs = epochs;
    this.source = resolver.resolve(keys);
    this.address = address;
  }

  @Override
  @PreDestroy
  public void close() {
    String url = address.getUrl();
    boolean file = url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:mem:");
    if (!file) {
      return;
    }
    try {
      if (epochs.uncompacted() > 0) {
        compact();
      }
    } catch (SQLException | RuntimeException e) {
      LOG.error(
          "destroyed keys are still in the file of the key store until the next stop: {}",
          e.getClass().getName());
    }
  }

  private void compact() throws SQLException {
    shutDown();
    try (Connection connection =
            DriverManager.getConnection(
                address.getUrl(), address.getUsername(), address.getPassword());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("update key_epoch set compacted = epoch");
    }
  }

  /** The database is closed afterwards, and says so to who closes the connection. */
  private void shutDown() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("shutdown compact");
    } catch (SQLException e) {
      if (!CLOSED.contains(e.getErrorCode())) {
        throw e;
      }
    }
  }
}
