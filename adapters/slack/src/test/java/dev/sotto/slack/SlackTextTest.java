package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackTextTest {
  @Test
  void readsWithoutTheMentionOfTheBot() {
    assertThat(SlackText.read("<@UBOT> hello", "UBOT")).isEqualTo("hello");
    assertThat(SlackText.read("hello <@UBOT|sotto> there", "UBOT")).isEqualTo("hello there");
    assertThat(SlackText.read("<@UBOT>", "UBOT")).isEmpty();
  }

  @Test
  void readsLinksAndMentionsAsAPersonDoes() {
    assertThat(SlackText.read("see <http://x.org|x> and <https://x.org/a?b=1&amp;c=2>", "UBOT"))
        .isEqualTo("see x (http://x.org) and https://x.org/a?b=1&c=2");
    assertThat(SlackText.read("<http://x.org|x.org> <mailto:a@x.org|a@x.org>", "UBOT"))
        .isEqualTo("http://x.org a@x.org");
    assertThat(SlackText.read("<@U1> <@U2|bob> <#C1|general> <!here> <!subteam^S1|@ops>", "UBOT"))
        .isEqualTo("@U1 @bob #general @here @ops");
    assertThat(SlackText.read("<!date^1392734382^{date}|18 February>", "UBOT"))
        .isEqualTo("18 February");
  }

  @Test
  void unescapesOnce() {
    assertThat(SlackText.read("1 &lt; 2 &amp;&amp; &amp;lt;", "UBOT")).isEqualTo("1 < 2 && &lt;");
  }

  @Test
  void readsAMegabyte() {
    assertThat(SlackText.read("<".repeat(1_000_000), "UBOT")).hasSize(1_000_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!channel>",
        "<!here|x>",
        "< !everyone>",
        "<!CHANNEL>",
        "<!subteam^S1|ops>",
        "<@U1>",
        "<@U1|bob>",
        "<#C1>",
        "a<!here>b",
        "<<!here>>",
        "<!date^1^{date}^https://x.org|x>"
      })
  void nothingWrittenCallsAnybody(String text) {
    assertThat(SlackText.write(text)).doesNotContainPattern("<\\s*[!@#]");
  }

  @Test
  void leavesOtherAngleBracketsAlone() {
    String markup = "a < b, `List<String>`, <https://x.org>, <!-- note -->, <!DOCTYPE html>";

    assertThat(SlackText.write(markup)).isEqualTo(markup);
  }

  @Test
  void neverShowsABeginningThatTheNextWordsTurnIntoACommand() {
    String text = "hello <!channel> and <!-- x --> <@U1> end of the text";
    String whole = SlackText.write(text);

    for (int length = 0; length <= text.length(); length++) {
      assertThat(whole).startsWith(SlackText.writeSoFar(text.substring(0, length)));
    }
  }
}
