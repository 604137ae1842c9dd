package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Every sealed value, table by table; names come from {@link Field} alone. */
@Singleton
@Transactional(propagation = REQUIRES_NEW)
class InspectionRows {
  private static final int PAGE = 500;

  private final JdbcOperations jdbc;

  InspectionRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  record Sealed(UUID id, UUID scope, int version, Ciphertext body) {}

  /** The next values, in the order of ids. */
  List<Sealed> page(Field field, UUID after) {
    String sql =
        "select id, scope_id, row_version, %1$s from %2$s where %1$s is not null and id > ? order by id limit %3$d"
            .formatted(field.column(), field.table(), PAGE);
    return jdbc.prepareStatement(
        sql,
        statement -> {
          statement.setObject(1, after);
          List<Sealed> page = new ArrayList<>(PAGE);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              UUID id = rows.getObject(1, UUID.class);
              UUID scope = rows.getObject(2, UUID.class);
              page.add(new Sealed(id, scope, rows.getInt(3), new Ciphertext(rows.getBytes(4))));
            }
          }
          return page;
        });
  }

  /** How many there are. */
  long count() {
    long all = 0;
    for (Field field : Field.values()) {
      all +=
          jdbc.prepareStatement(
              "select count(%s) from %s".formatted(field.column(), field.table()),
              statement -> {
                try (ResultSet rows = statement.executeQuery()) {
                  rows.next();
                  return rows.getLong(1);
                }
              });
    }
    return all;
  }
}
