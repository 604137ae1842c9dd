package dev.sotto.sandbox.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.slack.SlackServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Chromium.class)
class PageMarkupTest {
  private static final String SEEN = "typeof window.owned !== 'undefined'";

  private Browser browser;
  private Office office;

  @BeforeEach
  void open(Browser given) {
    browser = given;
    office = new Office(given, Optional.empty());
  }

  @AfterEach
  void close() {
    try {
      assertThat(office.complaints()).isEmpty();
    } finally {
      office.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>window.owned=1</script>",
        "<img src=x onerror=window.owned=1>",
        "<svg onload=window.owned=1>",
        "**<img src=x onerror=window.owned=1>**",
        "```html\n<img src=x onerror=window.owned=1>\n```",
        "`<iframe srcdoc='<script>parent.owned=1</script>'>`",
        "[<img src=x onerror=window.owned=1>](https://a.example/\"onmouseover=\"window.owned=1)",
        "> <details open ontoggle=window.owned=1>",
        "| <b onclick=window.owned=1>a</b> |\n|---|\n| <script>window.owned=1</script> |",
        "[click](javascript:window.owned=1)"
      })
  void keepsWhatLooksLikeHtmlAsText(String attack) {
    Visitor maria = office.visit();

    office.slackBot.call(
        "chat.postMessage", "channel", SlackServer.GENERAL, "markdown_text", attack);
    office.discordBot.say(office.discord.channel("general"), attack);

    for (String platform : new String[] {"slack", "discord"}) {
      Locator text = maria.messages(platform).last().locator(".text");
      assertThat(text).containsText("owned=1");
      assertThat(text.locator("script, img, svg, iframe, details, a, [onclick]")).hasCount(0);
    }
    assertThat(maria.window().evaluate(SEEN)).isEqualTo(false);
  }

  @Test
  void wouldBeOwnedWithoutThatCare() {
    try (var context = browser.newContext()) {
      var careless = context.newPage();

      careless.setContent("<p></p>");
      careless.evaluate(
          "document.querySelector('p').innerHTML = '<img src=x onerror=window.owned=1>'");
      careless.waitForFunction(SEEN);

      assertThat(careless.evaluate(SEEN)).isEqualTo(true);
    }
  }

  @Test
  void refusesHtmlEvenFromItsOwnCode() {
    Visitor maria = office.visit();

    assertThatThrownBy(() -> maria.window().evaluate("document.body.innerHTML = '<p>x</p>'"))
        .hasMessageContaining("TrustedHTML");
    office.forgive("TrustedHTML");
    office.forgive("Trusted Type");
  }

  @Test
  void drawsTheMarkupOfBothPlatforms() {
    Visitor maria = office.visit();
    String markdown =
        """
        # Steps
        1. Open **this** *soon*
        2. Then
           - deeper
        > quoted

        ```java
        int x = 1; // *not bold*
        ```
        See [the page](https://acme.example/a_b_c), ~~not~~ `that_one_there`.
        """;

    office.discordBot.say(office.discord.channel("general"), markdown + "||hidden|| __under__");
    office.slackBot.call(
        "chat.postMessage", "channel", SlackServer.GENERAL, "markdown_text", markdown);

    for (String platform : new String[] {"slack", "discord"}) {
      Locator text = maria.messages(platform).last().locator(".text");
      assertThat(text.locator(".heading")).hasText("Steps");
      assertThat(text.locator("ol > li")).hasCount(2);
      assertThat(text.locator("ol ul li")).hasText("deeper");
      assertThat(text.locator("ol > li > strong")).hasText("this");
      assertThat(text.locator("ol > li > em")).hasText("soon");
      assertThat(text.locator("blockquote")).hasText("quoted");
      assertThat(text.locator("pre")).hasText("int x = 1; // *not bold*");
      assertThat(text.locator(".inert")).hasText("the page (https://acme.example/a_b_c)");
      assertThat(text.locator("p code")).hasText("that_one_there");
    }
    assertThat(maria.messages("discord").last().locator(".spoiler")).hasText("hidden");
    assertThat(maria.messages("discord").last().locator("u")).hasText("under");
  }

  @Test
  void staysQuickWithMarksThatNeverClose() {
    Visitor maria = office.visit();
    String marks = "*a _b ~c [d `e <f ".repeat(1_500);

    office.slack.say(SlackServer.TOM, Place.in(SlackServer.GENERAL), marks);

    assertThat(maria.messages("slack").last()).containsText("*a _b");
  }
}
