package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.chat.Address.Kind;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import java.time.Instant;
import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.junit.jupiter.api.Test;

class DiscordTranslatorTest {
  private static final String BOT = "900";
  private static final String ID = "1310000000000000001";
  private static final Workspace GUILD = new Workspace(Platform.DISCORD, "1");

  private static DataObject written(String content) {
    return DataObject.empty()
        .put("id", ID)
        .put("type", 0)
        .put("channel_id", "5")
        .put("content", content)
        .put("author", DataObject.empty().put("id", "77"))
        .put("mentions", DataArray.empty());
  }

  private static DataObject mentioning(String content) {
    return written(content)
        .put("mentions", DataArray.empty().add(DataObject.empty().put("id", BOT)));
  }

  private static ChatEvent.Message said(DataObject message, Place place) {
    return DiscordTranslator.message(message, place, BOT);
  }

  @Test
  void answersAMentionInAThreadWithTheIdOfItsMessage() {
    ChatEvent.Message message = said(mentioning("<@900> hello"), Place.channel(GUILD, "5", true));

    assertThat(message.toUs()).isTrue();
    assertThat(message.address().channel()).isEqualTo("5");
    assertThat(message.address().thread()).contains(ID);
    assertThat(message.text()).isEqualTo("hello");
    assertThat(message.id()).isEqualTo("m" + ID);
    assertThat(message.messageId()).isEqualTo(ID);
    assertThat(message.person().id()).isEqualTo("77");
  }

  @Test
  void answersInTheChannelWhereNoThreadMayBeOpened() {
    ChatEvent.Message message = said(mentioning("<@!900> hi"), Place.channel(GUILD, "5", false));

    assertThat(message.address().thread()).isEmpty();
    assertThat(message.text()).isEqualTo("hi");
  }

  @Test
  void staysInTheThreadItIsIn() {
    ChatEvent.Message message = said(written("and then?"), Place.thread(GUILD, "5", "6"));

    assertThat(message.toUs()).isFalse();
    assertThat(message.address().channel()).isEqualTo("5");
    assertThat(message.address().thread()).contains("6");
  }

  @Test
  void takesADirectMessageAsMeantForIt() {
    ChatEvent.Message message =
        said(written("hello"), Place.direct(new Workspace(Platform.DISCORD, "app"), "5"));

    assertThat(message.toUs()).isTrue();
    assertThat(message.address().kind()).isEqualTo(Kind.DIRECT);
    assertThat(message.address().workspace().id()).isEqualTo("app");
    assertThat(message.address().thread()).isEmpty();
  }

  @Test
  void saysNoIdsOfOthers() {
    String text =
        said(
                mentioning(
                    "<@900> ask <@123> or <@!124>, <@&5>, <#6>, <a:wave:77>, </sotto help:8>"),
                Place.channel(GUILD, "5", true))
            .text();

    assertThat(text).isEqualTo("ask @someone or @someone, @role, #channel, :wave:, /sotto help");
  }

  @Test
  void keepsEmojiInvisibleAndVeryLongTexts() {
    Place place = Place.thread(GUILD, "5", "6");

    assertThat(said(written("🦊🦊"), place).text()).isEqualTo("🦊🦊");
    assertThat(said(written("a\u200bb\u2063c"), place).text()).isEqualTo("a\u200bb\u2063c");
    assertThat(said(written("x".repeat(1_000_000)), place).text()).hasSize(1_000_000);
    assertThat(said(written("<@".repeat(500_000)), place).text()).hasSize(1_000_000);
    assertThat(said(mentioning("<@900>"), place).text()).isEmpty();
  }

  @Test
  void hearsNoBotsWebhooksOrSystemMessages() {
    DataObject bot = written("x").put("author", DataObject.empty().put("id", "3").put("bot", true));

    assertThat(DiscordTranslator.written(written("x"))).isTrue();
    assertThat(DiscordTranslator.written(written("x").put("type", 19))).isTrue();
    assertThat(DiscordTranslator.written(bot)).isFalse();
    assertThat(DiscordTranslator.written(written("x").put("webhook_id", "4"))).isFalse();
    assertThat(DiscordTranslator.written(written("x").put("type", 18))).isFalse();
    assertThat(DiscordTranslator.written(written("x").put("type", 7))).isFalse();
  }

  @Test
  void forgetsWhatWasSaidToTheBotAtTheSameAddress() {
    Place place = Place.channel(GUILD, "5", true);

    ChatEvent.Deletion deletion = DiscordTranslator.deletion(ID, place, Instant.EPOCH);

    assertThat(deletion.address()).isEqualTo(said(mentioning("<@900>"), place).address());
    assertThat(deletion.messageId()).isEqualTo(ID);
    assertThat(deletion.id()).isEqualTo("d" + ID);
    assertThat(deletion.person().id()).isEmpty();
  }

  @Test
  void takesNewWordsAtTheAddressOfTheMessageAlsoWithoutTheMention() {
    Place place = Place.channel(GUILD, "5", true);
    DataObject changed =
        written("in May").put("edited_timestamp", "2026-11-22T10:00:00.500700+00:00");

    ChatEvent.Edit edit = DiscordTranslator.edit(changed, place, BOT);

    assertThat(edit.address()).isEqualTo(said(mentioning("<@900>"), place).address());
    assertThat(edit.messageId()).isEqualTo(ID);
    assertThat(edit.id()).isEqualTo("e" + ID + ":1795341600500");
    assertThat(edit.at()).isEqualTo(Instant.parse("2026-11-22T10:00:00.500Z"));
    assertThat(edit.person().id()).isEqualTo("77");
    assertThat(edit.text()).isEqualTo("in May");
  }

  @Test
  void takesNothingForNewWordsThatDiscordAddedOrABotWrote() {
    String now = "2026-11-22T10:00:00.500+00:00";
    DataObject bot = written("x").put("author", DataObject.empty().put("id", "3").put("bot", true));

    assertThat(DiscordTranslator.rewritten(written("x").put("edited_timestamp", now))).isTrue();
    assertThat(DiscordTranslator.rewritten(written("x").putNull("edited_timestamp"))).isFalse();
    assertThat(DiscordTranslator.rewritten(written("x"))).isFalse();
    assertThat(DiscordTranslator.rewritten(bot.put("edited_timestamp", now))).isFalse();
    assertThat(
            DiscordTranslator.rewritten(
                written("x").remove("content").put("edited_timestamp", now)))
        .isFalse();
  }

  @Test
  void speaksForThePersonWhoPressedAButton() {
    ChatEvent.Message press = DiscordTranslator.press(ID, Place.thread(GUILD, "5", "6"), "77", "B");

    assertThat(press.text()).isEqualTo("B");
    assertThat(press.toUs()).isTrue();
    assertThat(press.id()).isEqualTo("i" + ID);
    assertThat(press.address().thread()).isEqualTo(Optional.of("6"));
  }
}
