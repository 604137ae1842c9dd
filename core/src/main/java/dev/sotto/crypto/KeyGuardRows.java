package dev.sotto.crypto;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Collection;

/** As {@link GuardRows}, of the key store. */
@Singleton
final class KeyGuardRows {
  private final GuardRows rows;

  KeyGuardRows(@Named("keys") JdbcOperations jdbc) {
    this.rows = new GuardRows(jdbc);
  }

  void hold(Collection<BlindIndex> forms) {
    rows.hold(forms);
  }
}
