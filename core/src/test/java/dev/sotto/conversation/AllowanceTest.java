package dev.sotto.conversation;

import static dev.sotto.conversation.Talk.ADA;
import static dev.sotto.conversation.Talk.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.TestClock;
import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.Vault;
import dev.sotto.model.ScriptedProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowanceTest {
  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2026-11-30T22:10:00Z");
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

  private Talk talk(String limits) {
    String yaml =
        """
        id: wine
        name: Wine
        model: openai/m
        instructions: Be kind.
        limits: {%s}
        """
            .formatted(limits);
    return new Talk(clock, settings(yaml));
  }

  @Test
  void letsEverybodyTogetherUseSoManyTokensAndSaysWhenItStartsAgain() {
    provider.thenSays("yes");
    try (Talk talk = talk("tokens: 20/month")) {
      assertThat(talk.say(ADA, "one")).isEqualTo("yes");
      assertThat(talk.say(BOB, "two")).isEqualTo("yes");

      assertThat(talk.say(ADA, "three"))
          .isEqualTo(
              "Wine has used all its tokens: 20/month. It starts again on 1 December 2026 at 00:00"
                  + " UTC.");
      assertThat(provider.questions()).hasSize(2);
      clock.advance(Duration.ofHours(2));
      assertThat(talk.say(ADA, "four")).isEqualTo("yes");
    }
  }

  @Test
  void countsOnAfterARestartAndAfterTheLimitChangedItsPeriod() {
    provider.thenSays("yes");
    try (Talk talk = talk("tokens: 20/month")) {
      talk.say(ADA, "one");
      clock.advance(Duration.ofMinutes(30));
      talk.say(ADA, "two");
    }

    try (Talk talk = talk("tokens: 20/hour")) {
      assertThat(talk.say(ADA, "three")).contains("20/hour", "on 30 November 2026 at 23:00 UTC");
    }
  }

  @Test
  void countsAnswersThatFailed() {
    provider.thenBreaksOff("x".repeat(400)).thenSays("yes");
    try (Talk talk = talk("tokens: 100/day")) {
      assertThat(talk.say(ADA, "one")).contains("broke off");

      assertThat(talk.say(ADA, "two")).contains("has used all its tokens: 100/day");
    }
  }

  @Test
  void losesNoCountOfManyAtOnce() throws Exception {
    provider.thenSays("yes");
    try (Talk talk = talk("tokens: 1000/minute");
        ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> said = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        said.add(many.submit(() -> talk.say(ADA, "hello")));
      }
      for (Future<String> one : said) {
        one.get();
      }

      assertThat(rows(talk).sum(limited(talk), clock.instant())).isEqualTo(200);
    }
  }

  @Test
  void countsAPersonsMessagesAlsoWhenTheyAreForgotten() {
    provider.thenSays("yes");
    try (Talk talk = talk("messages-per-person: 2/day")) {
      talk.say(ADA, "one");
      talk.say(ADA, "two");
      talk.command(ADA, "memory forget");

      assertThat(talk.say(ADA, "three"))
          .isEqualTo(
              "You have reached your limit of messages: 2/day. It starts again on 1 December 2026"
                  + " at 00:00 UTC.");
      assertThat(talk.say(BOB, "one")).isEqualTo("yes");
    }
  }

  @Test
  void writesNothingForAnAssistantWithoutALimit() {
    provider.thenSays("yes");
    try (Talk talk = talk("")) {
      talk.say(ADA, "one");

      assertThat(rows(talk).count()).isZero();
    }
  }

  private static UsedRows rows(Talk talk) {
    return talk.context.getBean(UsedRows.class);
  }

  private static List<BlindIndex> limited(Talk talk) {
    Vault vault = talk.context.getBean(Vault.class);
    return vault.indexes().forms(vault.fingerprint(Domain.LIMIT, "tokens", "wine"));
  }
}
