package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Counts the rows of sealed tables. Names of tables come from {@link Field} alone. */
@Singleton
@Transactional(propagation = REQUIRES_NEW)
class SealedCountRows {
  private final JdbcOperations jdbc;

  SealedCountRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Rows of a scope under its keys of one state. */
  record Count(UUID scope, KeyState state, long rows) {}

  /** How many rows of all tables are under keys that have been replaced. */
  long pending() {
    return sum(
        "select count(*) from %s t join key_version v on v.scope_id = t.scope_id and v.key_id = t.key_id where v.state <> 'ACTIVE'",
        List.of());
  }

  /** The same, of some scopes. */
  long pending(List<UUID> scopes) {
    return sum(
        "select count(*) from %s t join key_version v on v.scope_id = t.scope_id and v.key_id = t.key_id where v.state <> 'ACTIVE' and t.scope_id in ("
            + marks(scopes)
            + ")",
        scopes);
  }

  /** How many rows of a table are under any key. */
  long all(Field field) {
    return count("select count(*) from " + field.table() + " where key_id is not null", List.of());
  }

  /** How many rows of a table are under keys of these scopes. */
  long of(Field field, List<UUID> scopes) {
    String sql =
        "select count(*) from %s where scope_id in (%s) and key_id is not null"
            .formatted(field.table(), marks(scopes));
    return count(sql, scopes);
  }

  /** The rows of a table by scope and by the state of their key. */
  List<Count> byState(Field field) {
    String sql =
        "select v.scope_id, v.state, count(*) from %s t join key_version v on v.scope_id = t.scope_id and v.key_id = t.key_id group by v.scope_id, v.state"
            .formatted(field.table());
    return jdbc.prepareStatement(
        sql,
        statement -> {
          ResultSet result = statement.executeQuery();
          List<Count> counts = new ArrayList<>();
          while (result.next()) {
            UUID scope = result.getObject(1, UUID.class);
            KeyState state = KeyState.valueOf(result.getString(2));
            counts.add(new Count(scope, state, result.getLong(3)));
          }
          return counts;
        });
  }

  static String marks(List<?> values) {
    return String.join(", ", Collections.nCopies(values.size(), "?"));
  }

  static void set(PreparedStatement statement, List<UUID> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  private long sum(String sql, List<UUID> values) {
    long rows = 0;
    for (Field field : Field.values()) {
      rows += count(sql.formatted(field.table()), values);
    }
    return rows;
  }

  private long count(String sql, List<UUID> values) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          set(statement, values);
          ResultSet result = statement.executeQuery();
          result.next();
          return result.getLong(1);
        });
  }
}
