package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Any sealed table of the registry, seen by its common columns. Each call is one transaction. Names
 * of tables and columns come from {@link Field} alone, never from outside.
 */
@Singleton
@Transactional(propagation = REQUIRES_NEW)
class SealedRows {
  static final int PAGE = 200;

  private final JdbcOperations jdbc;

  SealedRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  record SealedRow(UUID id, int version, Ciphertext body) {}

  /** The same text, sealed again. */
  record Change(UUID id, Ciphertext before, Ciphertext after) {}

  /** Rows under a key, {@link #PAGE} at most, in the order of ids. */
  List<SealedRow> under(Field field, UUID scope, int key, UUID after) {
    String sql =
        "select id, row_version, %s from %s where scope_id = ? and key_id = ? and id > ? order by id limit %d"
            .formatted(field.column(), field.table(), PAGE);
    return jdbc.prepareStatement(
        sql,
        statement -> {
          statement.setObject(1, scope);
          statement.setInt(2, key);
          statement.setObject(3, after);
          return rows(statement.executeQuery());
        });
  }

  /** Puts the new for the old where the old still stands; the number of rows where it did. */
  int replace(Field field, List<Change> changes) {
    String sql =
        "update %1$s set %2$s = ?, key_id = ? where id = ? and %2$s = ?"
            .formatted(field.table(), field.column());
    return jdbc.prepareStatement(
        sql,
        statement -> {
          for (Change change : changes) {
            add(statement, change);
          }
          return Arrays.stream(statement.executeBatch()).sum();
        });
  }

  /** How many rows of all tables are under keys that have been replaced. */
  long pending() {
    long rows = 0;
    for (Field field : Field.values()) {
      rows +=
          count(
              "select count(*) from %s t join key_version v on v.scope_id = t.scope_id and v.key_id = t.key_id where v.state <> 'ACTIVE'"
                  .formatted(field.table()));
    }
    return rows;
  }

  private long count(String sql) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          ResultSet result = statement.executeQuery();
          result.next();
          return result.getLong(1);
        });
  }

  private static List<SealedRow> rows(ResultSet result) throws SQLException {
    List<SealedRow> rows = new ArrayList<>(PAGE);
    while (result.next()) {
      UUID id = result.getObject(1, UUID.class);
      rows.add(new SealedRow(id, result.getInt(2), new Ciphertext(result.getBytes(3))));
    }
    return rows;
  }

  private static void add(PreparedStatement statement, Change change) throws SQLException {
    statement.setBytes(1, change.after().bytes());
    statement.setInt(2, change.after().keyId());
    statement.setObject(3, change.id());
    statement.setBytes(4, change.before().bytes());
    statement.addBatch();
  }
}
