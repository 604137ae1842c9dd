package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlackPastTest {
  private static final Address THREAD =
      new Address(
          new Workspace(Platform.SLACK, "T1"), Address.Kind.CHANNEL, "C1", Optional.of("9.000100"));
  private final SlackPast past =
      new SlackPast(
          new SlackTranslator(new SlackIdentity("UBOT", "T1", "Acme"), Clock.systemUTC()));

  /** Slack may tell of new words only in which second they came. */
  @Test
  void newWordsOfTheSecondOfTheLastKnownMessageMayBeNewer() {
    assertThat(news(Instant.ofEpochSecond(10, 700_000_000)))
        .singleElement()
        .isInstanceOfSatisfying(
            ChatEvent.Edit.class, it -> assertThat(it.text()).isEqualTo("in May"));
  }

  @Test
  void newWordsOfAnEarlierSecondAreKnown() {
    assertThat(news(Instant.ofEpochSecond(11))).isEmpty();
  }

  private List<ChatEvent> news(Instant known) {
    String rewritten =
        """
        {"type":"message","user":"U1","text":"in May","ts":"9.000100","thread_ts":"9.000100",
         "edited":{"user":"U1","ts":"10.000000"}}
        """;
    return past.news(
        new SlackMissed(THREAD, known),
        List.of(JsonParser.parseString(rewritten).getAsJsonObject()));
  }
}
