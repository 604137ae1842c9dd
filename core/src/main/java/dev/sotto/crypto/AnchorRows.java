package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The anchors in the key store. Each call is a transaction of its own. */
@Singleton
@Transactional(value = "keys", propagation = REQUIRES_NEW)
class AnchorRows {
  static final int PAGE = 500;

  private final JdbcOperations jdbc;

  AnchorRows(@Named("keys") JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** In whichever form it stands; while index keys change there may be one of each. */
  List<AnchorRow> find(List<BlindIndex> subject) {
    return jdbc.prepareStatement(
        "select subject, workspace_id, version, proof from anchor where subject in (%s)"
            .formatted(SealedCountRows.marks(subject)),
        statement -> {
          set(statement, 1, subject);
          return rows(statement.executeQuery());
        });
  }

  /** A page in the order of subjects. */
  List<AnchorRow> after(BlindIndex subject) {
    return jdbc.prepareStatement(
        "select subject, workspace_id, version, proof from anchor where subject > ? order by subject limit "
            + PAGE,
        statement -> {
          statement.setBytes(1, subject.bytes());
          return rows(statement.executeQuery());
        });
  }

  /** Adds it where none is. */
  int add(AnchorRow row) {
    return jdbc.prepareStatement(
        "insert into anchor (subject, workspace_id, version, proof) values (?, ?, ?, ?) on conflict do nothing",
        statement -> {
          statement.setBytes(1, row.subject().bytes());
          statement.setObject(2, row.workspace());
          statement.setLong(3, row.version());
          statement.setBytes(4, row.proof().bytes());
          return statement.executeUpdate();
        });
  }

  /** Raises each that is lower; lowers none. */
  void raise(Collection<AnchorRow> rows) {
    jdbc.prepareStatement(
        "update anchor set version = ?, proof = ? where subject = ? and version < ?",
        statement -> {
          for (AnchorRow row : rows) {
            add(statement, row);
          }
          return statement.executeBatch();
        });
  }

  /** Sets it, also to less. */
  int set(AnchorRow row) {
    return jdbc.prepareStatement(
        "update anchor set workspace_id = ?, version = ?, proof = ? where subject = ? and version <> ?",
        statement -> {
          statement.setObject(1, row.workspace());
          statement.setLong(2, row.version());
          statement.setBytes(3, row.proof().bytes());
          statement.setBytes(4, row.subject().bytes());
          statement.setLong(5, row.version());
          return statement.executeUpdate();
        });
  }

  int delete(List<BlindIndex> subject) {
    return jdbc.prepareStatement(
        "delete from anchor where subject in (%s)".formatted(SealedCountRows.marks(subject)),
        statement -> {
          set(statement, 1, subject);
          return statement.executeUpdate();
        });
  }

  static void set(PreparedStatement statement, int from, List<BlindIndex> forms)
      throws SQLException {
    for (int i = 0; i < forms.size(); i++) {
      statement.setBytes(from + i, forms.get(i).bytes());
    }
  }

  private static void add(PreparedStatement statement, AnchorRow row) throws SQLException {
    statement.setLong(1, row.version());
    statement.setBytes(2, row.proof().bytes());
    statement.setBytes(3, row.subject().bytes());
    statement.setLong(4, row.version());
    statement.addBatch();
  }

  private static List<AnchorRow> rows(ResultSet result) throws SQLException {
    List<AnchorRow> rows = new ArrayList<>();
    while (result.next()) {
      rows.add(
          new AnchorRow(
              new BlindIndex(result.getBytes(1)),
              result.getObject(2, UUID.class),
              result.getLong(3),
              new BlindIndex(result.getBytes(4))));
    }
    return rows;
  }
}
