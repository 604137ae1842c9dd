package dev.sotto.backup;

import dev.sotto.backup.SchemaRows.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty database: makes the tables of the version that the rows are of, and puts all rows
 * in, in one transaction.
 */
final class LoadRows implements Content, AutoCloseable {
  private static final int BATCH = 500;

  private final DataSource source;
  private final String migrations;
  private final Connection connection;
  private final Map<String, Table> tables = new HashMap<>();
  private Optional<PreparedStatement> insert = Optional.empty();
  private int waiting;

  private LoadRows(DataSource source, String migrations) throws SQLException {
    this.source = source;
    this.migrations = migrations;
    this.connection = source.getConnection();
  }

  /**
   * Looks whether a database is empty.
   *
   * @throws BackupException there is a table; nothing was changed
   */
  static void requireEmpty(DataSource source, String property) {
    try (Connection connection = source.getConnection()) {
      if (!SchemaRows.isEmpty(connection)) {
        throw new BackupException(
            "the database of "
                + property
                + " is not empty: a backup is restored into empty ones only. Name others, or move"
                + " the files away");
      }
    } catch (SQLException e) {
      throw new BackupException("the database of " + property + " cannot be read", e);
    }
  }

  static LoadRows into(DataSource source, String migrations) {
    try {
      return new LoadRows(source, migrations);
    } catch (SQLException e) {
      throw new BackupException("a database cannot be filled", e);
    }
  }

  @Override
  public void begin(String version) {
    Flyway.configure().dataSource(source).locations(migrations).target(version).load().migrate();
    act(() -> {
      connection.setAutoCommit(false);
      List<Table> made = SchemaRows.tables(connection);
      made.forEach(it -> tables.put(it.name(), it));
      for (Table table : made.reversed()) {
        execute("delete from " + table.name());
      }
    });
  }

  @Override
  public void table(String name, List<String> columns) {
    act(() -> {
      flush();
      Table table = tables.get(name);
      if (table == null || !List.copyOf(table.columns()).containsAll(columns)) {
        throw new BackupException(
            "the backup has a table that this version does not know: " + name);
      }
      String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
      String sql =
          "insert into " + name + " (" + String.join(", ", columns) + ") values (" + marks + ")";
      insert = Optional.of(connection.prepareStatement(sql));
    });
  }

  @Override
  public void row(@Nullable Object[] values) {
    act(() -> {
      PreparedStatement statement = insert.orElseThrow();
      for (int i = 0; i < values.length; i++) {
        set(statement, i + 1, values[i]);
      }
      statement.addBatch();
      if (++waiting == BATCH) {
        statement.executeBatch();
        waiting = 0;
      }
    });
  }

  @Override
  public void end() {
    act(() -> {
      flush();
      connection.commit();
    });
  }

  /**
   * Brings the names of key versions in the data database to what the key store says: what was
   * sealed since, or destroyed, may be named by nobody there yet.
   */
  void rename(List<KeyLine> lines) {
    act(() -> {
      connection.setAutoCommit(false);
      try (PreparedStatement update =
              connection.prepareStatement(
                  "update key_version set state = ? where scope_id = ? and key_id = ?");
          PreparedStatement add =
              connection.prepareStatement(
                  "insert into key_version (state, scope_id, key_id) values (?, ?, ?)")) {
        for (KeyLine line : lines) {
          if (execute(update, line) == 0 && !line.state().equals("DESTROYED")) {
            execute(add, line);
          }
        }
      }
      connection.commit();
    });
  }

  /** Blind indexes may stand under no key; says so where an installation can say it. */
  void allowPlainIndexes() {
    act(() -> {
      boolean known =
          SchemaRows.tables(connection).stream()
              .anyMatch(
                  it -> it.name().equals("installation") && it.columns().contains("plain_indexes"));
      if (known) {
        execute("update installation set plain_indexes = true");
      }
    });
  }

  /** A key version of a scope that seals rows, as the key store has it. */
  record KeyLine(UUID scope, int key, String state) {}

  private static int execute(PreparedStatement statement, KeyLine line) throws SQLException {
    statement.setString(1, line.state());
    statement.setObject(2, line.scope());
    statement.setInt(3, line.key());
    return statement.executeUpdate();
  }

  private static void set(PreparedStatement statement, int at, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(at, Types.NULL);
      case byte[] bytes -> statement.setBytes(at, bytes);
      case Instant instant -> statement.setObject(at, instant.atOffset(ZoneOffset.UTC));
      default -> statement.setObject(at, value);
    }
  }

  private void flush() throws SQLException {
    if (insert.isPresent()) {
      try (PreparedStatement statement = insert.get()) {
        statement.executeBatch();
      }
      insert = Optional.empty();
      waiting = 0;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @FunctionalInterface
  private interface Acting {
    void act() throws SQLException;
  }

  private static void act(Acting acting) {
    try {
      acting.act();
    } catch (SQLException e) {
      throw new BackupException("a database could not be filled; empty it and restore again", e);
    }
  }

  @Override
  public void close() {
    act(() -> {
      try (connection) {
        if (!connection.getAutoCommit()) {
          connection.rollback();
        }
      }
    });
  }
}
