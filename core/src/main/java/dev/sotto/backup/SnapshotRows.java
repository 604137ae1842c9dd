package dev.sotto.backup;

import dev.sotto.backup.SchemaRows.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One database at one moment: a transaction that sees it as it was when it began, whoever writes
 * meanwhile. H2 takes one state of all tables for a serializable transaction only; PostgreSQL does
 * for a repeatable read, which never fails for having read.
 */
final class SnapshotRows implements AutoCloseable {
  private static final int FETCH = 500;
  private static final String LAZY = "set lazy_query_execution ";

  private final Connection connection;
  private final boolean h2;
  private final String version;
  private final List<Table> tables;
  private final long count;

  private SnapshotRows(Connection connection, boolean h2) throws SQLException {
    this.connection = connection;
    this.h2 = h2;
    this.version = SchemaRows.version(connection);
    this.tables = SchemaRows.tables(connection);
    this.count = counted();
  }

  static SnapshotRows open(DataSource source) {
    try {
      Connection connection = source.getConnection();
      try {
        boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
        if (h2) {
          execute(connection, LAZY + "1");
        }
        connection.setTransactionIsolation(
            h2 ? Connection.TRANSACTION_SERIALIZABLE : Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return new SnapshotRows(connection, h2);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new BackupException("a database cannot be read", e);
    }
  }

  /** How many rows there are. */
  long count() {
    return count;
  }

  /**
   * Hands all rows on.
   *
   * @param each told the number of rows so far
   */
  void into(Content content, LongConsumer each) {
    try {
      content.begin(version);
      long done = 0;
      for (Table table : tables) {
        content.table(table.name(), table.columns());
        done = rows(table, content, done, each);
      }
      content.end();
    } catch (SQLException e) {
      throw new BackupException("a database cannot be read", e);
    }
  }

  /** The names of all key versions. */
  KeyNames names() {
    KeyNames names = new KeyNames();
    query(
        "select scope_id, key_id from key_version",
        row -> names.add(row.getObject(1, UUID.class), row.getInt(2)));
    return names;
  }

  /** How many of the names are not among ours, and not of an erased scope; uses them up. */
  long lacking(KeyNames names) {
    query(
        "select scope_id, key_id from key_version",
        row -> names.remove(row.getObject(1, UUID.class), row.getInt(2)));
    query(
        "select id from key_scope where erased_at is not null",
        row -> names.forgive(row.getObject(1, UUID.class)));
    return names.size();
  }

  /** The ids of all keys that are not destroyed. */
  Set<Integer> keyIds() {
    Set<Integer> ids = new HashSet<>();
    query(
        "select key_id from key_version where wrapped is not null", row -> ids.add(row.getInt(1)));
    return ids;
  }

  /** The keys under which blind indexes may stand; 0 where they may be under none. */
  Set<Integer> indexKeys() {
    Set<Integer> ids = new HashSet<>();
    query(
        """
        select v.key_id from key_version v join key_scope s on s.id = v.scope_id
        where s.kind = 'PERMUTATION' and v.wrapped is not null
        """,
        row -> ids.add(row.getInt(1)));
    query("select 0 from installation where plain_indexes", row -> ids.add(row.getInt(1)));
    return ids;
  }

  /** The key versions of scopes that seal rows. */
  void keyLines(Consumer<LoadRows.KeyLine> each) {
    query(
        """
        select v.scope_id, v.key_id, v.state from key_version v join key_scope s on s.id = v.scope_id
        where s.kind in ('PERSON', 'CONVERSATION', 'DATA', 'INSTALLATION')
        """,
        row ->
            each.accept(
                new LoadRows.KeyLine(
                    row.getObject(1, UUID.class), row.getInt(2), row.getString(3))));
  }

  /** Whose data it is, as the key store says. */
  UUID installation() {
    UUID[] id = {new UUID(0, 0)};
    query("select id from installation", row -> id[0] = row.getObject(1, UUID.class));
    return id[0];
  }

  private long rows(Table table, Content content, long before, LongConsumer each)
      throws SQLException {
    String sql = "select " + String.join(", ", table.columns()) + " from " + table.name();
    try (PreparedStatement statement = connection.prepareStatement(sql + table.order())) {
      statement.setFetchSize(FETCH);
      long done = before;
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          content.row(values(row));
          each.accept(++done);
        }
      }
      return done;
    }
  }

  private static @Nullable Object[] values(ResultSet row) throws SQLException {
    ResultSetMetaData about = row.getMetaData();
    @Nullable Object[] values = new @Nullable Object[about.getColumnCount()];
    for (int i = 0; i < values.length; i++) {
      int type = about.getColumnType(i + 1);
      if (type == Types.TIMESTAMP_WITH_TIMEZONE || type == Types.TIMESTAMP) {
        OffsetDateTime time = row.getObject(i + 1, OffsetDateTime.class);
        values[i] = time == null ? null : time.toInstant();
      } else {
        values[i] = row.getObject(i + 1);
      }
    }
    return values;
  }

  private long counted() throws SQLException {
    long all = 0;
    for (Table table : tables) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select count(*) from " + table.name())) {
        row.next();
        all += row.getLong(1);
      }
    }
    return all;
  }

  @FunctionalInterface
  private interface Reading {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, Reading reading) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reading.read(row);
        }
      }
    } catch (SQLException e) {
      throw new BackupException("a database cannot be read", e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
      if (h2) {
        execute(connection, LAZY + "0");
      }
    } catch (SQLException e) {
      throw new BackupException("a database cannot be let go of", e);
    }
  }
}
