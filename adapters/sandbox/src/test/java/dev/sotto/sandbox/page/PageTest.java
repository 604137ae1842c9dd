package dev.sotto.sandbox.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.slack.SlackServer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Chromium.class)
class PageTest {
  private static final String BUTTONS =
      """
      [{"type":"section","text":{"type":"mrkdwn","text":"Which one?"}},
       {"type":"actions","elements":[
         {"type":"button","action_id":"first","value":"1",
          "text":{"type":"plain_text","text":"The first"}}]}]
      """;
  private static final String MODAL =
      """
      {"type":"modal","callback_id":"ask","title":{"type":"plain_text","text":"New assistant"},
       "submit":{"type":"plain_text","text":"Save"},"blocks":[
        {"type":"input","block_id":"id","label":{"type":"plain_text","text":"Id"},
         "element":{"type":"plain_text_input","action_id":"text"}},
        {"type":"input","block_id":"instructions","optional":true,
         "label":{"type":"plain_text","text":"Instructions"},
         "element":{"type":"plain_text_input","action_id":"text","multiline":true}}]}
      """;

  private Office office;

  @BeforeEach
  void open(Browser browser) {
    office = new Office(browser, Optional.empty());
  }

  @AfterEach
  void close() {
    try {
      assertThat(office.complaints()).isEmpty();
    } finally {
      office.close();
    }
  }

  @Test
  void showsWhatOnePersonWritesToAnotherAtOnce() {
    Visitor maria = office.visit();
    Visitor tom = office.visit();
    tom.become("slack", "tom");

    maria.field("slack").fill("The *coffee machine* is back");
    maria.button("slack", "Send").click();

    assertThat(tom.messages("slack").last()).containsText("The coffee machine is back");
    assertThat(tom.messages("slack").last().locator("strong")).hasText("coffee machine");
    assertThat(maria.field("slack")).hasValue("");
  }

  @Test
  void keepsLinesTogetherAndSendsWithEnter() {
    Visitor maria = office.visit();

    maria.field("discord").focus();
    maria.type("one");
    maria.press("Shift+Enter");
    maria.type("two");
    maria.press("Enter");

    assertThat(maria.messages("discord").last().locator("p br")).hasCount(1);
  }

  @Test
  void opensAThreadByMouse() {
    Visitor maria = office.visit();
    String root = office.slack.say(SlackServer.TOM, general(), "Who is on call?");
    office.slackBot.call(
        "chat.postMessage", "channel", SlackServer.GENERAL, "thread_ts", root, "text", "It is you");

    maria.messages("slack").locator(".thread-link").click();
    assertThat(maria.replies("slack")).hasCount(2);
    assertThat(maria.replies("slack").last()).containsText("It is you");
    maria.reply("slack").fill("Thanks");
    maria.pane("slack").locator(".thread .send").click();

    assertThat(maria.replies("slack").last()).containsText("Thanks");
    maria.button("slack", "Close thread").click();
    assertThat(maria.messages("slack").last()).containsText("2 replies");
  }

  @Test
  void opensAThreadByKeyboard() {
    Visitor maria = office.visit();
    office.slack.say(SlackServer.TOM, general(), "Who is on call?");
    assertThat(maria.messages("slack")).hasCount(1);

    maria.messages("slack").last().focus();
    maria.press("t");
    assertThat(maria.reply("slack")).isFocused();
    maria.type("I am");
    maria.press("Enter");
    assertThat(maria.replies("slack").last()).containsText("I am");
    maria.press("Escape");

    assertThat(maria.messages("slack").last()).isFocused();
  }

  @Test
  void followsTheAnswerIntoItsThreadWhileItStreams() {
    Visitor maria = office.visit();
    maria.field("slack").fill("@sotto how are you?");
    maria.field("slack").press("Enter");
    assertThat(maria.messages("slack").last().locator(".mention")).hasText("@sotto");
    String root = office.slack.view(SlackServer.MARIA).bubbles(general()).getLast().id();

    office.slackBot.call(
        "assistant.threads.setStatus",
        "channel_id",
        SlackServer.GENERAL,
        "thread_ts",
        root,
        "status",
        "is thinking");
    assertThat(maria.pane("slack").locator(".thread .status")).containsText("sotto is thinking");
    String ts =
        office
            .slackBot
            .call(
                "chat.startStream",
                "channel",
                SlackServer.GENERAL,
                "thread_ts",
                root,
                "recipient_user_id",
                SlackServer.MARIA,
                "recipient_team_id",
                office.slack.team(),
                "markdown_text",
                "Fine, **than")
            .path("ts")
            .asText();
    assertThat(maria.replies("slack").last().locator(".caret")).isVisible();
    office.slackBot.call(
        "chat.appendStream", "channel", SlackServer.GENERAL, "ts", ts, "markdown_text", "ks**");
    assertThat(maria.replies("slack").last().locator("strong")).hasText("thanks");
    office.slackBot.call("chat.stopStream", "channel", SlackServer.GENERAL, "ts", ts);

    assertThat(maria.pane("slack").locator(".caret")).hasCount(0);
    assertThat(maria.reply("slack")).isFocused();
  }

  @Test
  void pressesAButton() {
    Visitor maria = office.visit();
    office.slackBot.call("chat.postMessage", "channel", SlackServer.GENERAL, "blocks", BUTTONS);

    maria.button("slack", "The first").click();
    assertThat(office.slackBot.heard("interactive").at("/actions/0/value").asText()).isEqualTo("1");
    maria.messages("slack").last().focus();
    maria.press("Tab", "Enter");

    await().until(() -> office.slackBot.count("interactive") == 2);
  }

  @Test
  void fillsAModal() {
    Visitor maria = office.visit();
    maria.field("slack").fill("/sotto assistant new");
    maria.field("slack").press("Enter");
    String trigger = office.slackBot.heard("slash_commands").path("trigger_id").asText();
    office.slackBot.call("views.open", "trigger_id", trigger, "view", MODAL);

    Locator dialog = maria.window().getByRole(AriaRole.DIALOG);
    assertThat(dialog.getByLabel("Id")).isFocused();
    maria.type("helper");
    maria.press("Tab");
    maria.type("Be kind.");
    maria.press("Control+Enter");

    assertThat(dialog).isHidden();
    var values = office.slackBot.heard("interactive").at("/view/state/values");
    assertThat(values.at("/id/text/value").asText()).isEqualTo("helper");
    assertThat(values.at("/instructions/text/value").asText()).isEqualTo("Be kind.");
  }

  @Test
  void leavesAModalByEscape() {
    Visitor maria = office.visit();
    office.slack.command(SlackServer.MARIA, general(), "/sotto assistant new");
    String trigger = office.slackBot.heard("slash_commands").path("trigger_id").asText();
    office.slackBot.call("views.open", "trigger_id", trigger, "view", MODAL);
    Locator dialog = maria.window().locator("dialog[open]");
    assertThat(dialog).isVisible();

    maria.press("Escape");
    office.slack.say(SlackServer.TOM, general(), "meanwhile");

    assertThat(maria.messages("slack").last()).containsText("meanwhile");
    assertThat(dialog).hasCount(0);
  }

  @Test
  void completesASlashCommandByKeyboard() {
    Visitor maria = office.visit();
    Locator proposals = maria.pane("discord").locator(".room [role=option]");

    maria.field("discord").focus();
    maria.type("/sotto assistant use ");
    assertThat(proposals.last()).containsText("adviser");
    maria.press("ArrowDown", "Enter");
    assertThat(maria.field("discord")).hasValue(Pattern.compile(".*adviser ?"));
    maria.press("Escape", "Enter");

    assertThat(maria.messages("discord").last()).containsText("Done, quietly.");
    assertThat(maria.messages("discord").last()).containsText("Only you can see this");
  }

  @Test
  void hidesFromOthersWhatIsForOnePersonAlone() {
    Visitor maria = office.visit();
    office.slackBot.call(
        "chat.postEphemeral",
        "channel",
        SlackServer.GENERAL,
        "user",
        SlackServer.MARIA,
        "text",
        "for you alone");
    assertThat(maria.messages("slack").last()).containsText("for you alone");

    maria.become("slack", "tom");

    assertThat(maria.field("slack")).hasAttribute("placeholder", "Message #general as tom");
    assertThat(maria.pane("slack")).not().containsText("for you alone");
    maria.become("slack", "maria");
    assertThat(maria.messages("slack").last()).containsText("for you alone");
  }

  @Test
  void editsReactsAndDeletesByKeyboard() {
    Visitor maria = office.visit();
    office.discord.say(maria(), Place.in(office.discord.channel("general")), "Helo");
    Locator message = maria.messages("discord").last();

    message.focus();
    maria.press("e", "End", "Backspace");
    maria.type("lo!");
    maria.press("Enter");
    assertThat(message.locator(".text")).hasText("Hello!");
    assertThat(message).containsText("(edited)");
    message.focus();
    maria.press("r", "ArrowRight", "Enter");
    assertThat(message.locator(".reactions button")).hasAttribute("aria-pressed", "true");
    message.focus();
    maria.press("Delete", "Enter");

    assertThat(maria.messages("discord")).hasCount(0);
  }

  @Test
  void attachesAFile() {
    Visitor maria = office.visit();
    byte[] content = "hello".getBytes(StandardCharsets.UTF_8);

    maria
        .pane("slack")
        .locator(".room input[type=file]")
        .setInputFiles(new FilePayload("notes.txt", "text/plain", content));
    maria.field("slack").fill("my notes");
    maria.field("slack").press("Enter");

    assertThat(maria.messages("slack").last()).containsText("my notes");
    assertThat(maria.messages("slack").last().locator(".files")).containsText("notes.txt");
  }

  @Test
  void proposesFirstMessages() {
    Visitor maria = office.visit();

    maria.pane("slack").locator(".hint-box button").nth(1).click();
    assertThat(maria.field("slack")).isFocused();
    maria.press("Enter");

    assertThat(maria.messages("slack").last()).containsText("How do I reset my password?");
    assertThat(maria.pane("slack").locator(".hint-box")).hasCount(0);
  }

  @Test
  void saysWhatWentWrongAndKeepsTheText() {
    Visitor maria = office.visit();

    maria.field("discord").fill("/unknown thing");
    maria.field("discord").press("Enter");

    assertThat(maria.pane("discord").locator(".room .notice")).not().isEmpty();
    assertThat(maria.field("discord")).hasValue("/unknown thing");
    office.forgive("400");
  }

  @Test
  void comesBackAfterALostConnection() {
    Visitor maria = office.visit();
    Locator state = maria.window().locator(".link-state");

    office.sandbox.unplug();
    assertThat(state).containsText("Connection lost");
    office.sandbox.plug();
    assertThat(state).hasText("Live");
    office.slack.say(SlackServer.TOM, general(), "back again");

    assertThat(maria.messages("slack").last()).containsText("back again");
    office.forgive("ERR_CONNECTION_REFUSED");
  }

  private static Place general() {
    return Place.in(SlackServer.GENERAL);
  }

  private String maria() {
    return office.discord.people().getFirst().id();
  }
}
