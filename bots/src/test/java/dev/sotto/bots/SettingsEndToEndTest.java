package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsEndToEndTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SOTTO_LIMITS_TURNS|0|sotto.limits.turns has to be 1 or more",
        "SOTTO_LIMITS_TURNS|many|sotto.limits.turns is of the wrong kind: config/application.yml says what it may be",
        "SOTTO_LIMITS_WAITING|99999999999|sotto.limits.waiting is of the wrong kind: config/application.yml says what it may be"
      })
  void aValueThatCannotBeUsedIsOneLineThatNamesItsProperty(
      String variable, String value, String line) throws Exception {
    try (World world = new World(folder)) {
      Program.Plan plan = new Program.Plan(world, folder.resolve("p"));

      Program.Ended ended = Program.verb(plan.with(Map.of(variable, value)), "", "run");

      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.err().lines())
          .filteredOn(it -> it.startsWith("sotto: "))
          .singleElement()
          .isEqualTo("sotto: " + line);
    }
  }
}
