package dev.sotto.crypto;

import dev.sotto.database.ClosedConnections;
import dev.sotto.database.Embedded;
import io.micronaut.jdbc.BasicJdbcConfiguration;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
    if (Embedded.file(address.getUrl()).isEmpty()) {
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
      if (!ClosedConnections.isClosed(e)) {
        throw e;
      }
    }
  }
}
