package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Exchanges what a root key wrapped for the same wrapped by another. */
@Singleton
@Transactional(value = "keys", propagation = REQUIRES_NEW)
class RewrapRows {
  private final JdbcOperations jdbc;

  RewrapRows(@Named("keys") JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** One key, and the same wrapped again. */
  record Rewrap(VersionRow before, Ciphertext after) {}

  /** Puts the new for the old where the old still stands; the number of rows where it did. */
  int replace(String root, List<Rewrap> changes) {
    return jdbc.prepareStatement(
        """
        update key_version set wrapped = ?, root_id = ?
        where scope_id = ? and key_id = ? and root_id = ? and wrapped = ?
        """,
        statement -> {
          for (Rewrap change : changes) {
            add(statement, root, change);
          }
          return Arrays.stream(statement.executeBatch()).sum();
        });
  }

  /** What was destroyed has nothing left that could be wrapped, but names its root key. */
  int moveDestroyed(String before, String root) {
    return jdbc.prepareStatement(
        "update key_version set root_id = ? where root_id = ? and wrapped is null",
        statement -> {
          statement.setString(1, root);
          statement.setString(2, before);
          return statement.executeUpdate();
        });
  }

  private static void add(PreparedStatement statement, String root, Rewrap change)
      throws SQLException {
    VersionRow before = change.before();
    Ciphertext wrapped = before.wrapped();
    statement.setBytes(1, change.after().bytes());
    statement.setString(2, root);
    statement.setObject(3, before.scopeId());
    statement.setInt(4, before.keyId());
    statement.setString(5, before.rootId());
    statement.setBytes(6, wrapped == null ? null : wrapped.bytes());
    statement.addBatch();
  }
}
