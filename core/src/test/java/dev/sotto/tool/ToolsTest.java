package dev.sotto.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.TestClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolsTest {
  private final Tools tools =
      new Tools(List.of(new ClockTool(new TestClock("2026-11-23T00:05:09Z")), new Deed()));

  /** Changes something, and is said to fail. */
  private static final class Deed implements Tool {
    @Override
    public String name() {
      return "deed";
    }

    @Override
    public String description() {
      return "Does it";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public boolean harmless() {
      return false;
    }

    @Override
    public String call(Map<String, String> arguments) {
      throw new IllegalStateException("words of a person");
    }
  }

  private Toolbox open(String name, Approval approval) {
    return tools.open(List.of(new Listed(name, approval)));
  }

  @Test
  void tellsTheTimeInTheZoneThatIsAskedFor() {
    Toolbox toolbox = open("clock", Approval.AUTO);

    assertThat(toolbox.call("clock", "{\"zone\": \"America/New_York\"}"))
        .isEqualTo("Sunday 2026-11-22 19:05:09 -05:00 in America/New_York");
    assertThat(toolbox.call("clock", "{}"))
        .isEqualTo(toolbox.call("clock", ""))
        .isEqualTo("Monday 2026-11-23 00:05:09 +00:00 in UTC");
  }

  @Test
  void saysThatThereIsNoSuchZone() {
    for (String zone : List.of("Europe/Osl", "+02:00", "", "../UTC", "x".repeat(10_000))) {
      assertThat(open("clock", Approval.AUTO).call("clock", "{\"zone\": \"" + zone + "\"}"))
          .startsWith("There is no time zone of that name");
    }
  }

  @Test
  void readsNoArgumentsThatAreNoObjectOfTexts() {
    String deep = "[".repeat(5_000);
    String all = "{\"zone\":\"" + "x".repeat(20_000) + "\"}";
    for (String wrong : List.of("{", "[]", "null", "{} {}", "{\"zone\": [1]}", deep, all)) {
      assertThat(open("clock", Approval.AUTO).call("clock", wrong))
          .isEqualTo("The arguments are not a JSON object of texts.");
    }
  }

  @Test
  void opensOnlyWhatIsListed() {
    Toolbox toolbox = tools.open(List.of());

    assertThat(toolbox.offered()).isEmpty();
    for (String name : List.of("clock", "Clock", "", "jira.create")) {
      assertThat(toolbox.call(name, "{}")).isEqualTo("There is no such tool here.");
    }
    assertThat(open("clock", Approval.AUTO).call("clock", "{}"))
        .isNotEqualTo("There is no such tool here.");
  }

  @Test
  void offersNothingThatNeedsAnApprovalThatNobodyCanGive() {
    for (Toolbox closed : List.of(open("clock", Approval.ALWAYS), open("deed", Approval.AUTO))) {
      assertThat(closed.offered()).isEmpty();
      assertThat(closed.call("clock", "{}")).isEqualTo("There is no such tool here.");
      assertThat(closed.call("deed", "{}")).isEqualTo("There is no such tool here.");
    }
    assertThat(tools.problem(new Listed("clock", Approval.ALWAYS)))
        .contains("the tool 'clock' needs approval, which nobody can give yet, and is not offered");
    assertThat(open("deed", Approval.NEVER).offered()).hasSize(1);
  }

  @Test
  void saysThatAToolIsNotInstalled() {
    assertThat(open("jira.create", Approval.NEVER).offered()).isEmpty();
    assertThat(tools.problem(new Listed("jira.create", Approval.NEVER)))
        .contains(
            "the tool 'jira.create' is not installed and is not offered; there is clock, deed");
    assertThat(tools.problem(new Listed("clock", Approval.AUTO))).isEmpty();
  }

  @Test
  void saysThatAToolFailedAndNothingMore() {
    assertThat(open("deed", Approval.NEVER).call("deed", "{}")).isEqualTo("The tool failed.");
  }
}
