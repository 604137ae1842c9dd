package dev.sotto.audit;

import dev.sotto.crypto.AuditKeys;
import dev.sotto.crypto.KeyDeed;
import dev.sotto.crypto.KeyLedger;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;

/** The log as keys see it. Found when it is first needed, for it needs keys itself. */
@Singleton
final class Deeds implements KeyLedger, AuditKeys {
  private final BeanProvider<AuditLog> log;

  Deeds(BeanProvider<AuditLog> log) {
    this.log = log;
  }

  @Override
  public void record(KeyDeed deed) {
    log.get().record(deed);
  }

  @Override
  public void rotate() {
    log.get().rotate();
  }
}
