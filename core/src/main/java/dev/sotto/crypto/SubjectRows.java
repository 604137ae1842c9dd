package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.Transactional;
import io.micronaut.transaction.support.TransactionSynchronization;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is anchored, as it stands in the data database. */
@Singleton
class SubjectRows {
  private static final int PAGE = 500;

  private final JdbcOperations jdbc;
  private final TransactionOperations<Connection> transactions;

  SubjectRows(JdbcOperations jdbc, TransactionOperations<Connection> transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Runs it when the transaction of the caller has committed, or now if there is none. */
  void afterCommit(Runnable act) {
    transactions
        .findTransactionStatus()
        .ifPresentOrElse(
            it ->
                it.registerSynchronization(
                    new TransactionSynchronization() {
                      @Override
                      public void afterCommit() {
                        act.run();
                      }
                    }),
            act);
  }

  /** A page in the order of ids. */
  @Transactional(propagation = REQUIRES_NEW)
  List<SubjectRow> after(Field field, UUID id) {
    String sql =
        "select fingerprint, id, scope_id, row_version from %s where id > ? order by id limit %d"
            .formatted(field.table(), PAGE);
    return jdbc.prepareStatement(
        sql,
        statement -> {
          statement.setObject(1, id);
          ResultSet result = statement.executeQuery();
          List<SubjectRow> rows = new ArrayList<>();
          while (result.next()) {
            rows.add(
                new SubjectRow(
                    field,
                    new BlindIndex(result.getBytes(1)),
                    result.getObject(2, UUID.class),
                    result.getObject(3, UUID.class),
                    result.getLong(4)));
          }
          return rows;
        });
  }

  /** As it stands now; -1 if it was deleted meanwhile, or is another row. */
  @Transactional(propagation = REQUIRES_NEW)
  long version(Field field, List<BlindIndex> subject) {
    return jdbc.prepareStatement(
        "select row_version from %s where fingerprint in (%s)"
            .formatted(field.table(), SealedCountRows.marks(subject)),
        statement -> {
          AnchorRows.set(statement, 1, subject);
          ResultSet result = statement.executeQuery();
          return result.next() ? result.getLong(1) : -1;
        });
  }

  @Transactional(propagation = REQUIRES_NEW)
  boolean exists(Field field, List<BlindIndex> subject) {
    return jdbc.prepareStatement(
        "select 1 from %s where fingerprint in (%s)"
            .formatted(field.table(), SealedCountRows.marks(subject)),
        statement -> {
          AnchorRows.set(statement, 1, subject);
          return statement.executeQuery().next();
        });
  }
}
