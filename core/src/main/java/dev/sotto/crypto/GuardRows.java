package dev.sotto.crypto;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import java.util.Collection;

/**
 * Reservations of what is to be unique, in the form that a coming key gives it: who holds one until
 * the end of a transaction is alone with it, in whichever form others write. In the transaction of
 * the caller.
 */
final class GuardRows {
  private final JdbcOperations jdbc;

  GuardRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Holds these, in their order. Waits for who holds one of them. */
  void hold(Collection<BlindIndex> forms) {
    forms.forEach(this::hold);
  }

  private void hold(BlindIndex form) {
    execute("insert into index_guard (form) values (?) on conflict do nothing", form);
    jdbc.prepareStatement(
        "select form from index_guard where form = ? for update",
        statement -> {
          statement.setBytes(1, form.bytes());
          return statement.executeQuery().next();
        });
  }

  private void execute(String sql, BlindIndex form) {
    jdbc.prepareStatement(
        sql,
        statement -> {
          statement.setBytes(1, form.bytes());
          return statement.executeUpdate();
        });
  }
}
