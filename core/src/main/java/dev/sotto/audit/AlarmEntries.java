package dev.sotto.audit;

import dev.sotto.crypto.Alarm;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what was found not to verify, beside whoever found it. */
@Singleton
final class AlarmEntries implements Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmEntries.class);

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
    Thread.ofVirtual().name("alarm").start(() -> write(note));
  }

  /** While the program stops there may be no log any more; the finding is in the other one. */
  private void write(Note note) {
    try {
      log.get().attempt(note);
    } catch (RuntimeException e) {
      LOG.error("audit: a finding was not written: {}", e.getClass().getName());
    }
  }
}
