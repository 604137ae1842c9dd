package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
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

  record SealedRow(UUID id, UUID scope, int version, Ciphertext body) {}

  /** The same text, sealed again. */
  record Change(UUID id, Ciphertext before, Ciphertext after) {}

  /** Rows under a key, as many as asked for, in no order: no row is read for another's sake. */
  List<SealedRow> some(Field field, VersionRow key, int limit) {
    return select(
        field,
        "scope_id = ? and key_id = ? limit " + limit,
        statement -> {
          statement.setObject(1, key.scopeId());
          statement.setInt(2, key.keyId());
        });
  }

  /** Rows under a key, {@link #PAGE} at most, in the order of ids. */
  List<SealedRow> after(Field field, VersionRow key, UUID after) {
    return select(
        field,
        "scope_id = ? and key_id = ? and id > ? order by id limit " + PAGE,
        statement -> {
          statement.setObject(1, key.scopeId());
          statement.setInt(2, key.keyId());
          statement.setObject(3, after);
        });
  }

  /** Rows that were sealed with a key and name another, as many as asked for. */
  List<SealedRow> strays(Field field, VersionRow key, int limit) {
    return select(
        field,
        "scope_id = ? and key_id <> ? and substring(%s from 2 for 4) = ? limit %d"
            .formatted(field.column(), limit),
        statement -> {
          statement.setObject(1, key.scopeId());
          statement.setInt(2, key.keyId());
          statement.setBytes(3, ByteBuffer.allocate(4).putInt(key.keyId()).array());
        });
  }

  /** Some rows of scopes, {@link #PAGE} at most. */
  List<SealedRow> sample(Field field, List<UUID> scopes) {
    return select(
        field,
        "scope_id in (%s) and key_id is not null limit %d"
            .formatted(SealedCountRows.marks(scopes), PAGE),
        statement -> SealedCountRows.set(statement, scopes));
  }

  /** Puts the new for the old where the old still stands; the number of rows where it did. */
  int replace(Field field, List<Change> changes) {
    return exchange(field, changes);
  }

  /** The same, counted for the certificate of the key that was replaced. */
  int replace(Field field, VersionRow old, List<Change> changes) {
    int rows = changes.isEmpty() ? 0 : exchange(field, changes);
    if (rows > 0) {
      count(old, rows);
    }
    return rows;
  }

  private int exchange(Field field, List<Change> changes) {
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

  private void count(VersionRow old, int rows) {
    jdbc.prepareStatement(
        "update key_version set resealed = resealed + ? where scope_id = ? and key_id = ?",
        statement -> {
          statement.setInt(1, rows);
          statement.setObject(2, old.scopeId());
          statement.setInt(3, old.keyId());
          return statement.executeUpdate();
        });
  }

  private List<SealedRow> select(Field field, String where, Values values) {
    String sql =
        "select id, scope_id, row_version, %s from %s where %s"
            .formatted(field.column(), field.table(), where);
    return jdbc.prepareStatement(
        sql,
        statement -> {
          values.set(statement);
          return rows(statement.executeQuery());
        });
  }

  private static List<SealedRow> rows(ResultSet result) throws SQLException {
    List<SealedRow> rows = new ArrayList<>(PAGE);
    while (result.next()) {
      UUID id = result.getObject(1, UUID.class);
      UUID scope = result.getObject(2, UUID.class);
      Ciphertext body = new Ciphertext(result.getBytes(4));
      rows.add(new SealedRow(id, scope, result.getInt(3), body));
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

  private interface Values {
    void set(PreparedStatement statement) throws SQLException;
  }
}
