package dev.sotto.database;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Opens connections to an embedded database, and says when its file is found taken. */
final class EmbeddedSource extends DelegatingDataSource {
  /** H2's DATABASE_ALREADY_OPEN_1. */
  private static final int TAKEN = 90020;

  private final Consumer<DataSource> whenTaken;
  private volatile boolean opened;

  /**
   * Opens nothing yet.
   *
   * @param whenTaken is given this when the file was free once, and is taken now
   */
  EmbeddedSource(DataSource source, Consumer<DataSource> whenTaken) {
    super(source);
    this.whenTaken = whenTaken;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return open(super::getConnection);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return open(() -> super.getConnection(username, password));
  }

  private Connection open(Opening opening) throws SQLException {
    try {
      Connection connection = opening.open();
      opened = true;
      return connection;
    } catch (SQLException e) {
      if (opened && e.getErrorCode() == TAKEN) {
        whenTaken.accept(this);
      }
      throw e;
    }
  }

  /** A connection that is being opened. */
  private interface Opening {
    Connection open() throws SQLException;
  }
}
