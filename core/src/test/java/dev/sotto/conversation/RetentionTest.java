package dev.sotto.conversation;

import static dev.sotto.conversation.Talk.ADA;
import static dev.sotto.conversation.Talk.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.TestClock;
import dev.sotto.assistant.Assistants;
import dev.sotto.memory.ConversationKey;
import dev.sotto.memory.Exchange;
import dev.sotto.memory.Retention;
import dev.sotto.model.ScriptedProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2026-11-01T12:00:00Z");
  private ScriptedProvider provider;

  /** What is other than on H2. */
  Map<String, Object> databases() {
    return Map.of();
  }

  @BeforeEach
  void start() {
    provider = new ScriptedProvider(folder).thenSays("yes");
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private Map<String, Object> settings(String yaml) {
    Map<String, Object> settings = provider.settings(folder, yaml);
    settings.putAll(databases());
    return settings;
  }

  private Talk talk(String retention) {
    String yaml =
        """
        id: wine
        name: Wine
        model: openai/m
        instructions: Be kind.
        memory: {retention: %s}
        """
            .formatted(retention);
    return new Talk(clock, settings(yaml));
  }

  @Test
  void recallsNothingThatIsOlder() {
    try (Talk talk = talk("2d")) {
      talk.say(ADA, "the first word");
      clock.advance(Duration.ofHours(47));
      talk.say(ADA, "the second word");
      assertThat(provider.questions().getLast()).contains("the first word");
      clock.advance(Duration.ofHours(2));

      talk.say(ADA, "the third word");

      assertThat(provider.questions().getLast())
          .contains("the second word", "the third word")
          .doesNotContain("the first word");
    }
  }

  @Test
  void recallsNothingThatIsOlderThanARetentionThatWasShortened() {
    try (Talk talk = talk("90d")) {
      talk.say(ADA, "the first word");
    }
    clock.advance(Duration.ofDays(3));

    try (Talk talk = talk("2d")) {
      talk.say(ADA, "the second word");
    }

    assertThat(provider.questions().getLast()).doesNotContain("the first word");
  }

  @Test
  void doesNotRecallAgainWhatHadItsTimeWhenTheRetentionIsProlonged() {
    try (Talk talk = talk("2d")) {
      talk.say(ADA, "the first word");
    }
    clock.advance(Duration.ofDays(3));

    try (Talk talk = talk("90d")) {
      talk.say(ADA, "the second word");
    }

    assertThat(provider.questions().getLast()).doesNotContain("the first word");
  }

  @Test
  void showsAPersonNothingThatHadItsTime() {
    try (Talk talk = talk("2d")) {
      talk.say(ADA, "the first word");
      assertThat(talk.command(ADA, "memory show")).contains("the first word");
      clock.advance(Duration.ofDays(2));

      assertThat(talk.command(ADA, "memory show"))
          .isEqualTo("Nothing is remembered about you here.");
    }
  }

  @Test
  void deletesWhatHadItsTimeAndNothingElse() {
    try (Talk talk = talk("2d")) {
      talk.say(ADA, "the first word");
      clock.advance(Duration.ofDays(1));
      talk.say(BOB, "the second word");
      Retention retention = talk.context.getBean(Retention.class);
      assertThat(retention.sweep()).isZero();
      clock.advance(Duration.ofDays(1));

      assertThat(retention.sweep()).isEqualTo(2);

      assertThat(talk.query("select count(*) from message")).isEqualTo(2L);
      assertThat(talk.command(BOB, "memory show")).contains("the second word");
    }
  }

  @Test
  void deletesMoreThanABatchAtItsStart() {
    try (Talk talk = talk("2d")) {
      for (int i = 0; i < 300; i++) {
        talk.memory().remember(exchange(talk, i), talk.memory().scope(ADA));
      }
      clock.advance(Duration.ofDays(3));
      Retention retention = talk.context.getBean(Retention.class);

      retention.start();
      await().until(() -> talk.query("select count(*) from message").equals(0L));

      retention.close();
    }
  }

  private Exchange exchange(Talk talk, int i) {
    var wine = talk.context.getBean(Assistants.class).find("wine").orElseThrow();
    ConversationKey key = ConversationKey.of(wine, Talk.PLACE, ADA);
    return new Exchange(
        key, ADA, "m" + i, clock.instant(), "q", "a", false, wine.memory().retention());
  }
}
