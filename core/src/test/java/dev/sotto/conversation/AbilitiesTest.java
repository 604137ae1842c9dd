package dev.sotto.conversation;

import static dev.sotto.conversation.Talk.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sotto.TestClock;
import dev.sotto.model.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AbilitiesTest {
  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2026-11-23T00:05:09Z");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private ScriptedProvider provider;

  @BeforeEach
  void start() {
    provider = new ScriptedProvider(folder);
    logged.start();
    log().addAppender(logged);
  }

  @AfterEach
  void stop() {
    provider.close();
    log().detachAppender(logged);
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger(Abilities.class);
  }

  private static String yaml(String tools) {
    return """
    id: wine
    name: Wine
    model: openai/m
    instructions: Be kind.
    tools: [%s]
    limits: {tokens: 1000/day}
    """
        .formatted(tools);
  }

  private Talk talk(String tools) {
    return new Talk(clock, provider.settings(folder, yaml(tools)));
  }

  private List<String> warnings() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void letsTheModelAskWhatTimeItIsAndRemembersOnlyWhatWasSaid() {
    provider.thenCalls("Let me see.", "Europe/Oslo").thenSays("Just after one.").thenSays("yes");
    try (Talk talk = talk("{name: clock}")) {
      assertThat(talk.say(ADA, "How late is it?")).isEqualTo("Let me see.\n\nJust after one.");
      assertThat(provider.questions().get(1))
          .contains("Monday 2026-11-23 01:05:09 +01:00 in Europe/Oslo");
      assertThat(talk.query("select sum(amount) from used").toString()).isEqualTo("20");

      talk.say(ADA, "Thanks.");

      assertThat(provider.questions().getLast())
          .contains("Just after one.")
          .doesNotContain("01:05:09", "tool_call_id");
      assertThat(warnings()).isEmpty();
    }
  }

  @Test
  void refusesToTheModelWhatTheAssistantDoesNotList() {
    provider.thenCalls("", "UTC").thenSays("I cannot.");
    try (Talk talk = talk("")) {
      assertThat(talk.say(ADA, "How late is it?")).isEqualTo("I cannot.");
    }

    assertThat(provider.questions().get(0)).doesNotContain("\"tools\"");
    assertThat(provider.questions().get(1))
        .contains("There is no such tool here.")
        .doesNotContain("2026-11-23");
  }

  @Test
  void doesNotOfferAToolThatIsNotInstalledOrNeedsApprovalAndSaysSoOnce() {
    provider.thenSays("yes");
    try (Talk talk = talk("{name: jira.create}, {name: clock, approval: always}")) {
      talk.say(ADA, "one");
      talk.say(ADA, "two");
    }

    assertThat(provider.questions().getLast()).doesNotContain("\"tools\"", "clock", "jira");
    assertThat(warnings())
        .containsExactly(
            "wine: the tool 'jira.create' is not installed and is not offered; there is clock",
            "wine: the tool 'clock' needs approval, which nobody can give yet, and is not offered");
  }

  @Test
  void warnsOfAFileThatIsChangedLater() throws IOException {
    provider.thenSays("yes");
    try (Talk talk = talk("{name: clock}")) {
      talk.say(ADA, "one");

      Files.writeString(folder.resolve("assistants/one.yaml"), yaml("{name: jira.create}"));

      await().until(() -> warnings().size() == 1);
    }
  }
}
