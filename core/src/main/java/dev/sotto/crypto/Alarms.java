package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes findings to the log and tells them to every {@link Alarm}. Thread-safe. */
@Singleton
public class Alarms {
  /** How many findings of a minute are told; the log says how many were not. */
  static final int MOST = 60;

  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
  private static final long MINUTE = 60_000;

  private final List<Alarm> alarms;
  private final Clock clock;
  private long minute;
  private int told;

  Alarms(List<Alarm> alarms, Clock clock) {
    this.alarms = List.copyOf(alarms);
    this.clock = clock;
  }

  public void raise(Field field, UUID row, String reason) {
    if (admitted()) {
      LOG.error("integrity: {} {} {}", field.table(), row, reason);
      alarms.forEach(it -> it.raised(new Alarm.Finding(field, row, reason)));
    }
  }

  private synchronized boolean admitted() {
    long now = clock.millis() / MINUTE;
    if (now != minute) {
      if (told > MOST) {
        LOG.error("integrity: {} more findings in a minute", told - MOST);
      }
      minute = now;
      told = 0;
    }
    return ++told <= MOST;
  }
}
