package dev.sotto.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.crypto.EmergencyPlan;
import dev.sotto.crypto.KeyLine;
import dev.sotto.crypto.KeyProgress;
import dev.sotto.crypto.KeyState;
import dev.sotto.crypto.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeyReportTest {
  private static final Instant MAY = Instant.parse("2026-05-04T12:34:56Z");

  @Test
  void tellsWhatWaitsAndWhatDoesNotVerifyAndDoesNotCallItWell() {
    Done whole = KeyReport.done(Work.ROTATION, new Rotation(2, 12_345, 2, 0, 0));
    Done waiting = KeyReport.done(Work.ROTATION, new Rotation(2, 10, 1, 1, 0));
    Done damaged = KeyReport.done(Work.ROTATION, new Rotation(2, 10, 1, 1, 3));

    assertThat(whole.well()).isTrue();
    assertThat(whole.reply().text())
        .isEqualTo("Rotated: 12,345 rows are under new keys, 2 old keys are destroyed.");
    assertThat(waiting.well()).isFalse();
    assertThat(waiting.reply().text()).contains("1 old keys are still needed", "keys retire");
    assertThat(damaged.well()).isFalse();
    assertThat(damaged.reply().text()).contains("3 rows failed their integrity check");
  }

  @Test
  void showsABarWithWhatIsDoneOfWhat() {
    assertThat(new Doing("Rotation", 4_200, 10_000).text())
        .isEqualTo("**Rotation** `████████░░░░░░░░░░░░` 42 %\n4,200 of 10,000 rows.");
    assertThat(new Doing("Rotation", 9_999, 10_000).percent()).isEqualTo(99);
    assertThat(KeyReport.of(Optional.of(new KeyProgress("all", 1, 2, MAY))))
        .contains("**Rotation** of all", "50 %", "Begun 2026-05-04 12:34 UTC.");
  }

  @Test
  void putsTheInventoryInColumns() {
    String text =
        KeyReport.of(
            List.of(
                new KeyLine("PERSON", 1_042, KeyState.ACTIVE, MAY, MAY, "XAES", "said", 9_876),
                new KeyLine("INDEX", 1, KeyState.DECRYPT_ONLY, MAY, MAY, "HMAC", "found", 0)));

    assertThat(text)
        .isEqualTo(
            """
            **Keys by what they are**
            ```
            what    state          keys   rows  oldest      newest
            person  active        1,042  9,876  2026-05-04  2026-05-04
            index   decrypt-only      1      0  2026-05-04  2026-05-04
            ```
            - person: said, XAES
            - index: found, HMAC\
            """);
  }

  @Test
  void saysWhatAnEmergencyWouldDoTableByTable() {
    var plan =
        new EmergencyPlan(
            new TreeMap<>(Map.of("message", 1_000_000L, "place", 7L)), 12, Duration.ofMinutes(5));

    assertThat(KeyReport.of(plan, "data"))
        .contains("**Emergency: data**", "message  1,000,000", "place            7")
        .endsWith("12 keys would be replaced, in about 5 min.");
  }
}
