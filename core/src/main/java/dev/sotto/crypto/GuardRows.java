package dev.sotto.crypto;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.util.Collection;

/**
 * Reservations of what is to be unique, in the form that a coming key gives it: who holds one until
 * the end of a transaction is alone with it, in whichever form others write. Of the data database;
 * in the transaction of the caller.
 */
@Singleton
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
    jdbc.prepareStatement(
        "insert into index_guard (form) values (?) on conflict do nothing",
        statement -> {
          statement.setBytes(1, form.bytes());
          return statement.executeUpdate();
        });
    jdbc.prepareStatement(
        "select form from index_guard where form = ? for update",
        statement -> {
          statement.setBytes(1, form.bytes());
          return statement.executeQuery().next();
        });
  }
}
