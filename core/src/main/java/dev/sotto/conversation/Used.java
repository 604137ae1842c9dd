package dev.sotto.conversation;

import dev.sotto.assistant.Assistant.Period;
import dev.sotto.assistant.Assistant.Rate;
import dev.sotto.crypto.BlindIndexes;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * What was used of limits, for all processes and across restarts. Kept by the hour, or by the
 * minute for limits of a minute, so that a limit may change its period and what was used still
 * counts; rows older than any period are let go. Each addition is a short statement of its own:
 * call it outside of transactions.
 */
@Singleton
class Used {
  private static final Duration KEPT = Duration.ofDays(40);

  private final Vault vault;
  private final UsedRows rows;
  private final Clock clock;

  Used(Vault vault, UsedRows rows, Clock clock) {
    this.vault = vault;
    this.rows = rows;
    this.clock = clock;
  }

  /** Whether nothing is left of a limit in its present period. */
  boolean up(Fingerprint limited, Rate rate) {
    return rows.sum(vault.indexes().forms(limited), begin(rate.per()).toInstant()) >= rate.amount();
  }

  void add(Fingerprint limited, Rate rate, long amount) {
    ChronoUnit step = rate.per() == Period.MINUTE ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
    Instant since = clock.instant().truncatedTo(step);
    BlindIndexes.Forms forms = vault.indexes().of(limited);
    if (!added(forms, since, amount)) {
      rows.create(vault.newId(), forms.written(), since);
      rows.deleteBefore(since.minus(KEPT));
      added(forms, since, amount);
    }
  }

  /** To one row, in whichever form it stands; while index keys change there may be one of each. */
  private boolean added(BlindIndexes.Forms forms, Instant since, long amount) {
    return forms.all().stream().anyMatch(it -> rows.add(it, since, amount) > 0);
  }

  /** When the next period begins. */
  ZonedDateTime next(Period period) {
    ZonedDateTime begin = begin(period);
    return switch (period) {
      case MINUTE -> begin.plusMinutes(1);
      case HOUR -> begin.plusHours(1);
      case DAY -> begin.plusDays(1);
      case MONTH -> begin.plusMonths(1);
    };
  }

  private ZonedDateTime begin(Period period) {
    ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
    return switch (period) {
      case MINUTE -> now.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> now.truncatedTo(ChronoUnit.HOURS);
      case DAY -> now.truncatedTo(ChronoUnit.DAYS);
      case MONTH -> now.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
    };
  }
}
