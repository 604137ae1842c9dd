package dev.sotto.audit;

import dev.sotto.crypto.Alarm;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;

/** Writes down what was found not to verify, beside whoever found it. */
@Singleton
final class AlarmEntries implements Alarm {
  private final BeanProvider<AuditLog> log;

  AlarmEntries(BeanProvider<AuditLog> log) {
    this.log = log;
  }

  @Override
  public void raised(Finding finding) {
    Note note =
        Note.ofProgram(
            Action.INTEGRITY_ALARM,
            finding.field().table() + " " + finding.row(),
            finding.reason());
    Thread.ofVirtual().name("alarm").start(() -> log.get().attempt(note));
  }
}
