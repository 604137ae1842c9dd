package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What is left in the data database of scopes that were erased, in any table of the registry. Each
 * call is one transaction. Names come from {@link Field} alone.
 */
@Singleton
@Transactional(propagation = REQUIRES_NEW)
class RemainRows {
  private final JdbcOperations jdbc;
  private final ShadowRows shadows;

  RemainRows(JdbcOperations jdbc, ShadowRows shadows) {
    this.jdbc = jdbc;
    this.shadows = shadows;
  }

  long count(List<UUID> scopes) {
    long rows = 0;
    for (Field field : Field.values()) {
      rows +=
          ids(
                  "select count(*) from %s where scope_id in (%s)"
                      .formatted(field.table(), SealedCountRows.marks(scopes)),
                  scopes,
                  result -> result.getLong(1))
              .getFirst();
    }
    return rows;
  }

  /** Of these scopes those that rows can still name. */
  List<UUID> named(List<UUID> scopes) {
    return scopes.isEmpty()
        ? List.of()
        : ids(
            "select distinct scope_id from key_version where scope_id in (%s)"
                .formatted(SealedCountRows.marks(scopes)),
            scopes,
            result -> result.getObject(1, UUID.class));
  }

  /**
   * Takes away so many rows of a table at most; how many it were. An event stays without its body:
   * what is done keeps what recognises a repeat. A place goes after the events there.
   */
  int remove(Field field, UUID scope, int most) {
    String some = "(select id from %s where scope_id = ? limit %d)".formatted(field.table(), most);
    return switch (field) {
      case INBOX_EVENT ->
          update(
              "update inbox_event set state = 'DONE', lane_id = null, scope_id = null, key_id = null,"
                  + " body = null, row_version = row_version + 1 where id in "
                  + some,
              scope);
      case PLACE -> {
        int events =
            update(
                "delete from inbox_event where id in (select e.id from inbox_event e"
                    + " join place p on p.id = e.place_id where p.scope_id = ? limit %d)"
                        .formatted(most),
                scope);
        yield events > 0 ? events : update("delete from place where id in " + some, scope);
      }
      case AUDIT, AUDIT_STATE -> 0; // They belong to the operator, who is never erased.
      case MESSAGE, BINDING, SUMMARY, HEAD ->
          update("delete from %s where id in %s".formatted(field.table(), some), scope);
    };
  }

  /** From now on no row can name the scope; false while one does. */
  boolean release(UUID scope) {
    try {
      shadows.deleteAll(scope);
      return true;
    } catch (DataAccessException stillNamed) {
      return false;
    }
  }

  private int update(String sql, UUID scope) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          statement.setObject(1, scope);
          return statement.executeUpdate();
        });
  }

  private <T> List<T> ids(String sql, List<UUID> scopes, Column<T> column) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          SealedCountRows.set(statement, scopes);
          ResultSet result = statement.executeQuery();
          List<T> found = new ArrayList<>();
          while (result.next()) {
            found.add(column.of(result));
          }
          return found;
        });
  }

  private interface Column<T> {
    T of(ResultSet result) throws SQLException;
  }
}
