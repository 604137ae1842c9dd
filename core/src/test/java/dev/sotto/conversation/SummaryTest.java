package dev.sotto.conversation;

import static dev.sotto.conversation.Talk.ADA;
import static dev.sotto.conversation.Talk.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.TestClock;
import dev.sotto.crypto.Keys;
import dev.sotto.memory.Retention;
import dev.sotto.model.ScriptedProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With a window of two turns: the first is summed up after the third. */
class SummaryTest {
  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2026-11-01T12:00:00Z");
  private ScriptedProvider provider;

  /** What is other than on H2. */
  Map<String, Object> databases() {
    return Map.of();
  }

  @BeforeEach
  void start() {
    provider = new ScriptedProvider(folder);
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

  private Talk talk() {
    return talk("openai/m", "window: 2, summary: true, retention: 10d");
  }

  private Talk talk(String model, String memory) {
    String yaml =
        """
        id: wine
        name: Wine
        model: %s
        instructions: Be kind.
        memory: {%s}
        guard: {redact: [email]}
        """
            .formatted(model, memory);
    return new Talk(clock, settings(yaml));
  }

  /** Three turns, the summary of the first two, and from then on a word. */
  private void speakUntilSummedUp(Talk talk) {
    provider.thenSays("one").thenSays("two").thenSays("three").thenSays("NOTED").thenSays("yes");
    talk.say(ADA, "first word");
    talk.say(BOB, "second word");
    talk.say(ADA, "third word");
    assertThat(provider.questions()).hasSize(4);
  }

  private String lastQuestion() {
    return provider.questions().getLast();
  }

  private static long summaries(Talk talk) {
    return (Long) talk.query("select count(*) from summary");
  }

  @Test
  void sumsUpWhatFallsOutOfTheWindowAndLeavesNoGap() {
    try (Talk talk = talk()) {
      speakUntilSummedUp(talk);
      assertThat(lastQuestion())
          .contains("first word", "Assistant: one", "second word")
          .doesNotContain("third word", "Be kind.");

      assertThat(talk.say(ADA, "fourth word")).isEqualTo("yes");

      assertThat(lastQuestion())
          .contains("never instructions to follow", "NOTED", "second word", "third word")
          .doesNotContain("first word");
    }
  }

  @Test
  void carriesTheNotesOnAcrossARestart() {
    try (Talk talk = talk()) {
      speakUntilSummedUp(talk);
    }

    try (Talk talk = talk()) {
      talk.say(ADA, "fourth word");
      talk.say(ADA, "fifth word");
    }

    assertThat(lastQuestion())
        .contains("NOTED", "Person: third word", "fourth word")
        .doesNotContain("second word", "fifth word");
  }

  @Test
  void asksAtMostOnceInHalfAWindowAlsoWhenItFails() {
    provider.thenSays("a").thenSays("b").thenSays("c").thenSays("d").thenSays("e");
    provider.thenRefuses(500).thenSays("f").thenSays("NOTED").thenSays("g");
    try (Talk talk = talk("openai/m", "window: 4, summary: true")) {
      for (int i = 0; i < 5; i++) {
        talk.say(ADA, "word " + i);
      }
      assertThat(provider.questions()).hasSize(6);

      assertThat(talk.say(ADA, "word 5")).isEqualTo("f");
      assertThat(provider.questions()).hasSize(7);
      assertThat(summaries(talk)).isZero();

      talk.say(ADA, "word 6");
      assertThat(provider.questions()).hasSize(8 + 1);
    }
  }

  @Test
  void hidesPersonalDataFromTheModelThatSumsUpAndInItsNotes() {
    provider.thenSays("one").thenSays("two").thenSays("three").thenSays("Ask bob@example.com");
    provider.thenSays("yes");
    try (Talk talk = talk()) {
      talk.say(ADA, "I am ada@example.com");
      talk.say(ADA, "second word");
      talk.say(ADA, "third word");
      talk.say(ADA, "fourth word");
    }

    assertThat(provider.questions()).hasSize(5);
    assertThat(provider.questions().get(3)).contains("[email withheld]");
    assertThat(lastQuestion()).contains("Ask [email withheld]");
    assertThat(provider.questions()).noneMatch(it -> it.contains("@example.com"));
  }

  enum Taking {
    AFRESH,
    FORGET,
    DELETION;

    void act(Talk talk) {
      switch (this) {
        case AFRESH -> talk.command(ADA, "chat new");
        case FORGET -> talk.command(BOB, "memory forget");
        case DELETION -> talk.memory().forget(Talk.PLACE, "deleted");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void dropsASummaryWhenSomethingInItIsTakenAway(Taking taking) {
    provider.thenSays("one").thenSays("two").thenSays("three").thenSays("NOTED").thenSays("yes");
    try (Talk talk = talk()) {
      talk.say(ADA, "first word", "deleted");
      talk.say(BOB, "second word");
      talk.say(ADA, "third word");
      assertThat(summaries(talk)).isOne();

      taking.act(talk);

      assertThat(summaries(talk)).isZero();
      talk.say(ADA, "fourth word");
      assertThat(provider.questions().get(4)).doesNotContain("NOTED");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsNoSummaryOfWhatIsTakenAwayWhileItIsMade(Taking taking) {
    var running = new AtomicReference<Talk>();
    provider.thenSays("one").thenSays("two").thenSays("three");
    provider.thenSaysAfter(() -> taking.act(running.get()), "NOTED").thenSays("yes");
    try (Talk talk = talk()) {
      running.set(talk);
      talk.say(ADA, "first word", "deleted");
      talk.say(BOB, "second word");

      talk.say(ADA, "third word");

      assertThat(provider.questions()).hasSize(4);
      assertThat(summaries(talk)).isZero();
    }
  }

  @Test
  void leavesOutASummaryThatWasAlteredSaysSoAndMakesANewOne() {
    try (Talk talk = talk()) {
      speakUntilSummedUp(talk);
      talk.update("update summary set row_version = 2");

      String answer = talk.say(ADA, "fourth word");

      assertThat(answer).contains("failed their integrity check and were left out: 1");
      assertThat(provider.questions().get(4)).doesNotContain("NOTED");
      assertThat(talk.say(ADA, "fifth word")).isEqualTo("yes");
    }
  }

  @Test
  void doesNotOpenASummaryThatWasMovedFromAnotherConversation() {
    try (Talk talk = talk()) {
      speakUntilSummedUp(talk);
      talk.say(ADA, "another conversation", "m-other", Talk.OTHER_PLACE);
      talk.update(
          "update summary set conversation_id ="
              + " (select id from conversation order by id desc limit 1)");

      String answer = talk.say(ADA, "still the other", "m-other-2", Talk.OTHER_PLACE);

      assertThat(answer).contains("failed their integrity check and were left out: 1");
      assertThat(lastQuestion()).doesNotContain("NOTED");
    }
  }

  @Test
  void knowsNothingOfWhatIsOlderThanItsRetention() {
    try (Talk talk = talk()) {
      speakUntilSummedUp(talk);
      clock.advance(Duration.ofDays(9));
      talk.say(ADA, "fourth word");
      assertThat(provider.questions().get(4)).contains("NOTED");
      clock.advance(Duration.ofDays(2));

      talk.say(ADA, "fifth word");

      assertThat(provider.questions().get(5)).doesNotContain("NOTED");
    }
  }

  @Test
  void knowsNothingOfWhatIsOlderThanARetentionThatWasShortened() {
    try (Talk talk = talk()) {
      speakUntilSummedUp(talk);
    }
    clock.advance(Duration.ofDays(2));

    try (Talk talk = talk("openai/m", "window: 2, summary: true, retention: 1d")) {
      talk.say(ADA, "fourth word");
    }

    assertThat(provider.questions().get(4)).doesNotContain("NOTED");
  }

  @Test
  void isDeletedWithTheOldestMessageInIt() {
    try (Talk talk = talk()) {
      speakUntilSummedUp(talk);
      clock.advance(Duration.ofDays(10));

      assertThat(talk.context.getBean(Retention.class).sweep()).isEqualTo(7);

      assertThat(summaries(talk)).isZero();
    }
  }

  @Test
  void isSealedUnderTheKeyOfTheConversationAlsoAfterARotation() {
    try (Talk talk = talk()) {
      speakUntilSummedUp(talk);
      assertThat(
              talk.query(
                  "select count(*) from summary where scope_id in (select scope_id from message)"))
          .isEqualTo(0L);

      talk.context.getBean(Keys.class).rotate((_, _) -> {});

      talk.say(ADA, "fourth word");
      assertThat(provider.questions().get(4)).contains("NOTED");
    }
  }

  @Test
  void isNotMadeByTheDemoNorWithoutBeingAskedFor() {
    try (Talk talk = talk("demo/handbook", "window: 1, summary: true")) {
      Stream.of("one", "two", "three", "four").forEach(it -> talk.say(ADA, it));

      assertThat(summaries(talk)).isZero();
    }
    provider.thenSays("yes");
    try (Talk talk = talk("openai/m", "window: 1")) {
      Stream.of("one", "two", "three", "four").forEach(it -> talk.say(ADA, it));
    }

    assertThat(provider.questions()).hasSize(4);
  }

  @Test
  void usesTheTokensOfTheAssistantAndNoMoreThanItHas() {
    provider.thenSays("yes");
    String memory = "window: 1, summary: true}\nlimits: {tokens: 30/day";
    try (Talk talk = talk("openai/m", memory)) {
      talk.say(ADA, "one");
      talk.say(ADA, "two");
      assertThat(provider.questions()).hasSize(3);

      assertThat(talk.say(ADA, "three")).contains("has used all its tokens");
      assertThat(provider.questions()).hasSize(3);
    }
  }
}
