package dev.sotto.crypto;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The blind indexes of one database, column by column; names come from {@link IndexColumn}. */
final class IndexRows {
  static final int PAGE = 200;

  /** The owner of that of which there is but one is no index. */
  private static final byte[] NONE = BlindIndex.none().bytes();

  private final JdbcOperations jdbc;
  private final TransactionOperations<Connection> transactions;

  IndexRows(JdbcOperations jdbc, TransactionOperations<Connection> transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** By what a row is known: an id, or bytes where it has none. */
  sealed interface RowId {
    record Named(UUID id) implements RowId {}

    record Bytes(BlindIndex index) implements RowId {}

    static RowId first(IndexColumn column) {
      return column.id().equals("id")
          ? new Named(new UUID(0, 0))
          : new Bytes(new BlindIndex(new byte[0]));
    }

    default void set(PreparedStatement statement, int at) throws SQLException {
      switch (this) {
        case Named(UUID id) -> statement.setObject(at, id);
        case Bytes(BlindIndex index) -> statement.setBytes(at, index.bytes());
      }
    }
  }

  /** One index where it stands. */
  record Row(RowId id, BlindIndex index) {}

  /** One index, and what is to stand in its place. */
  record Change(Row row, BlindIndex after) {}

  @FunctionalInterface
  private interface Values {
    void set(PreparedStatement statement) throws SQLException;
  }

  /** What is not under a key yet, {@link #PAGE} at most, in the order of their rows' ids. */
  List<Row> others(IndexColumn column, int key, RowId after) {
    String sql =
        "select %1$s, %2$s from %3$s where %4$s and %2$s <> ? and (octet_length(%2$s) <> %5$d or substring(%2$s from 1 for 4) <> ?) and %1$s > ? order by %1$s limit %6$d"
            .formatted(
                column.id(),
                column.column(),
                column.table(),
                column.condition(),
                BlindIndex.PERMUTED,
                PAGE);
    return transactions.executeRead(_ ->
        jdbc.prepareStatement(
            sql,
            statement -> {
              statement.setBytes(1, NONE);
              statement.setBytes(2, prefix(key));
              after.set(statement, 3);
              return rows(column, statement.executeQuery());
            }));
  }

  private static List<Row> rows(IndexColumn column, ResultSet result) throws SQLException {
    List<Row> rows = new ArrayList<>(PAGE);
    while (result.next()) {
      RowId id =
          column.id().equals("id")
              ? new RowId.Named(result.getObject(1, UUID.class))
              : new RowId.Bytes(new BlindIndex(result.getBytes(1)));
      rows.add(new Row(id, new BlindIndex(result.getBytes(2))));
    }
    return rows;
  }

  /** How many indexes there are. */
  long count(IndexColumn column) {
    return count(column, "%s <> ?", statement -> statement.setBytes(1, NONE));
  }

  /** How many are not under a key yet. */
  long countOthers(IndexColumn column, int key) {
    return count(
        column,
        "%1$s <> ? and (octet_length(%1$s) <> "
            + BlindIndex.PERMUTED
            + " or substring(%1$s from 1 for 4) <> ?)",
        statement -> {
          statement.setBytes(1, NONE);
          statement.setBytes(2, prefix(key));
        });
  }

  /** How many are under a key. */
  long countUnder(IndexColumn column, int key) {
    return count(
        column,
        "octet_length(%1$s) = " + BlindIndex.PERMUTED + " and substring(%1$s from 1 for 4) = ?",
        statement -> statement.setBytes(1, prefix(key)));
  }

  /** How many are under no key. */
  long countPlain(IndexColumn column) {
    return count(
        column,
        "%1$s <> ? and octet_length(%1$s) = " + Fingerprint.SIZE,
        statement -> statement.setBytes(1, NONE));
  }

  private long count(IndexColumn column, String where, Values values) {
    String sql =
        "select count(*) from %s where %s and %s"
            .formatted(column.table(), column.condition(), where.formatted(column.column()));
    return transactions.executeRead(_ -> longs(sql, values).getFirst());
  }

  /**
   * Puts the new for the old where the old still stands, in one transaction; the number of rows
   * where it did.
   */
  int replace(IndexColumn column, List<Change> changes) {
    return changes.isEmpty()
        ? 0
        : transactions.executeWrite(_ ->
            switch (column) {
              case USED -> changes.stream().mapToInt(this::moveUsed).sum();
              case ANCHOR_SUBJECT -> changes.stream().mapToInt(this::moveAnchor).sum();
              case PLACE,
                  EVENT,
                  EVENT_MESSAGE,
                  CONVERSATION,
                  MESSAGE_SOURCE,
                  CHOICE,
                  AUDIT_ONCE,
                  SCOPE_OWNER,
                  ANCHOR_PROOF ->
                  exchange(column, changes);
            });
  }

  private int exchange(IndexColumn column, List<Change> changes) {
    return jdbc.prepareStatement(
        "update %1$s set %2$s = ? where %3$s = ? and %2$s = ?"
            .formatted(column.table(), column.column(), column.id()),
        statement -> {
          for (Change change : changes) {
            statement.setBytes(1, change.after().bytes());
            change.row().id().set(statement, 2);
            statement.setBytes(3, change.row().index().bytes());
            statement.addBatch();
          }
          return Arrays.stream(statement.executeBatch()).sum();
        });
  }

  /** What was used under the old form is added to what was used under the new one. */
  private int moveUsed(Change change) {
    RowId id = change.row().id();
    List<Long> amount =
        longs(
            "select amount from used where id = ? and fingerprint = ? for update",
            statement -> {
              id.set(statement, 1);
              statement.setBytes(2, change.row().index().bytes());
            });
    if (amount.isEmpty()) {
      return 0;
    }
    int added =
        update(
            "update used set amount = amount + ? where fingerprint = ? and since = (select since from used where id = ?)",
            statement -> {
              statement.setLong(1, amount.getFirst());
              statement.setBytes(2, change.after().bytes());
              id.set(statement, 3);
            });
    return added == 0
        ? exchange(IndexColumn.USED, List.of(change))
        : update("delete from used where id = ?", statement -> id.set(statement, 1));
  }

  /** Of an anchor in the old form and one in the new the higher stays. */
  private int moveAnchor(Change change) {
    byte[] before = change.row().index().bytes();
    byte[] after = change.after().bytes();
    String hold = "select version from anchor where subject = ? for update";
    List<Long> old = longs(hold, statement -> statement.setBytes(1, before));
    if (old.isEmpty() || longs(hold, statement -> statement.setBytes(1, after)).isEmpty()) {
      return exchange(IndexColumn.ANCHOR_SUBJECT, List.of(change));
    }
    update(
        """
        update anchor set version = ?, proof = (select proof from anchor where subject = ?)
        where subject = ? and version < ?
        """,
        statement -> {
          statement.setLong(1, old.getFirst());
          statement.setBytes(2, before);
          statement.setBytes(3, after);
          statement.setLong(4, old.getFirst());
        });
    return update("delete from anchor where subject = ?", it -> it.setBytes(1, before));
  }

  private List<Long> longs(String sql, Values values) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          values.set(statement);
          ResultSet result = statement.executeQuery();
          return result.next() ? List.of(result.getLong(1)) : List.of();
        });
  }

  private int update(String sql, Values values) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          values.set(statement);
          return statement.executeUpdate();
        });
  }

  /** Lets go of what was reserved while keys changed. */
  void clearGuard() {
    transactions.executeWrite(_ -> update("delete from index_guard", _ -> {}));
  }

  private static byte[] prefix(int key) {
    return ByteBuffer.allocate(BlindIndex.PREFIX).putInt(key).array();
  }
}
