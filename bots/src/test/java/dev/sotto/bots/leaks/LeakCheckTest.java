package dev.sotto.bots.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator runs to see for themselves. */
class LeakCheckTest {
  private static final Path HOME = Path.of(System.getProperty("sotto.home", ".."));

  @TempDir private Path folder;

  @Test
  void findsNothingThatWasSaidToACopyOfTheProgram() throws Exception {
    LeakReport report = check("dev.sotto.bots.Main");

    assertThat(report.leaks()).isEmpty();
    assertThat(report.seen()).isEqualTo(report.planted()).isGreaterThan(15);
    assertThat(report.places()).contains("slack, in a thread", "discord, in a command");
    assertThat(crashReports()).isEqualTo(1);
    assertThat(said()).hasSize(3).anyMatch(it -> it.contains("Shutdown completed"));
    JsonNode json = new JsonMapper().readTree(report.json());
    assertThat(json.get("ok").asBoolean()).isTrue();
    assertThat(json.get("files").asLong()).isGreaterThan(5);
  }

  @Test
  void findsWhatLibrariesLogWhereNobodySilencesThem() throws Exception {
    LeakReport report = check("dev.sotto.bots.Undefended");

    assertThat(report.well()).isFalse();
    assertThat(report.leaks())
        .extracting(LeakReport.Leak::place)
        .contains("discord, directly", "slack, a person's id", "Slack's bot token");
    assertThat(report.text()).contains("LEAK", "fail:").doesNotContain("Quÿ");
  }

  @Test
  void findsTheOperatorsOwnWordsInAFolder() throws IOException {
    Path own = Files.createDirectories(folder.resolve("own"));
    Files.writeString(own.resolve("some.log"), "and then: brackenfold");

    LeakReport found = LeakCheck.look(List.of("brackenfold"), List.of(own), folder.resolve("a"));
    LeakReport none = LeakCheck.look(List.of("mistletoe"), List.of(own), folder.resolve("b"));

    assertThat(found.leaks())
        .containsExactly(
            new LeakReport.Leak(own.resolve("some.log").toString(), "word 1", "UTF-8"));
    assertThat(none.well()).isTrue();
  }

  @Test
  void aLookThatDoesNotFindItsControlFails() throws IOException {
    Control control = Control.plant(folder);
    Files.delete(folder.resolve("packed.gz"));

    assertThat(control.found()).isEqualTo(control.planted() - 1);
    assertThat(new LeakReport(List.of(), 1, 1, control.planted(), control.found(), List.of()))
        .matches(it -> !it.well());
  }

  private LeakReport check(String main) throws IOException, InterruptedException {
    return new LeakCheck(HOME, main, _ -> {}).run(folder);
  }

  /** What each of the copies has said, to the end of its life. */
  private List<String> said() throws IOException {
    List<String> said = new ArrayList<>();
    for (Path file : Scan.files(folder)) {
      if (file.toString().contains("/said/")) {
        said.add(Files.readString(file));
      }
    }
    return said;
  }

  private long crashReports() throws IOException {
    return Scan.files(folder).stream().filter(it -> it.toString().contains("hs_err_")).count();
  }
}
