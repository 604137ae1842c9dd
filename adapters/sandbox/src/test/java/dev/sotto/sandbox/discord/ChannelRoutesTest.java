package dev.sotto.sandbox.discord;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelRoutesTest {
  private final DiscordServer discord = new DiscordServer();
  private final Sandbox sandbox = Sandbox.start(0, discord);
  private final BotClient bot = new BotClient(sandbox, discord);
  private final String maria = discord.person("maria");
  private final String tom = discord.person("tom");
  private final String general = discord.channel("general");

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private JsonNode open(String message) {
    return bot.call(
        "POST", "channels/" + general + "/messages/" + message + "/threads", "{\"name\":\"t\"}");
  }

  @Test
  void opensAThreadThatHasTheIdOfItsMessage() {
    String root = discord.say(tom, Place.in(general), "root");

    JsonNode thread = open(root);

    assertThat(thread.path("id").asText()).isEqualTo(root);
    assertThat(thread.path("type").asInt()).isEqualTo(11);
    assertThat(thread.path("parent_id").asText()).isEqualTo(general);
    assertThat(thread.at("/thread_metadata/archived").asBoolean(true)).isFalse();
    assertThat(open(root).path("code").asInt()).isEqualTo(160004);
  }

  @Test
  void tellsTheGatewayOfAThread() {
    BotClient.Line line = bot.identified(BotClient.ALL);
    String root = discord.say(tom, Place.in(general), "root");

    open(root);

    assertThat(line.event("THREAD_CREATE").path("newly_created").asBoolean()).isTrue();
    assertThat(line.event("MESSAGE_UPDATE").at("/thread/id").asText()).isEqualTo(root);
  }

  @Test
  void refusesAThreadWhereItMayNot() {
    String root = discord.say(tom, Place.in(general), "root");
    discord.deny(general, Permission.CREATE_PUBLIC_THREADS);

    assertThat(open(root).path("code").asInt()).isEqualTo(50013);
  }

  @Test
  void opensNoThreadInADirectConversation() {
    String direct = discord.direct(tom);
    String root = discord.say(tom, Place.in(direct), "root");

    JsonNode refused =
        bot.call(
            "POST", "channels/" + direct + "/messages/" + root + "/threads", "{\"name\":\"t\"}");

    assertThat(refused.path("code").asInt()).isEqualTo(50003);
  }

  @Test
  void aPersonOpensAThreadByWritingInIt() {
    String root = discord.say(tom, Place.in(general), "root");

    discord.say(tom, Place.in(general, root), "below");

    assertThat(discord.view(tom).bubbles(Place.in(general, root)))
        .extracting(View.Bubble::text)
        .containsExactly("below");
    assertThat(
            bot.get("guilds/" + discord.guildId() + "/threads/active").at("/threads/0/id").asText())
        .isEqualTo(root);
  }

  @Test
  void archivesAndWakesAThread() {
    String root = discord.say(tom, Place.in(general), "root");
    open(root);

    bot.call("PATCH", "channels/" + root, "{\"archived\":true}");
    assertThat(bot.get("channels/" + general + "/threads/archived/public").path("threads"))
        .hasSize(1);

    bot.post(root, "awake");
    assertThat(bot.get("channels/" + root).at("/thread_metadata/archived").asBoolean(true))
        .isFalse();
  }

  @Test
  void refusesToWriteInALockedOrDeletedThread() {
    String root = discord.say(tom, Place.in(general), "root");
    open(root);
    discord.archive(maria, root, true);
    assertThat(bot.post(root, "x").path("code").asInt()).isEqualTo(50083);

    discord.deleteThread(maria, root);
    assertThat(bot.post(root, "x").path("code").asInt()).isEqualTo(10003);
  }

  @Test
  void opensADirectConversationByANumberAsWellAsByAString() {
    String direct = discord.direct(tom);

    JsonNode number = bot.call("POST", "users/@me/channels", "{\"recipient_id\":" + tom + "}");
    JsonNode string = bot.call("POST", "users/@me/channels", "{\"recipient_id\":\"" + tom + "\"}");

    assertThat(number.path("id").asText()).isEqualTo(direct);
    assertThat(string.path("id").asText()).isEqualTo(direct);
    assertThat(number.at("/recipients/0/username").asText()).isEqualTo("tom");
  }

  @Test
  void showsThatTheBotIsTyping() {
    bot.call("POST", "channels/" + general + "/typing", "");

    assertThat(discord.view(tom).channel(general).status()).contains("Sotto is typing…");

    bot.post(general, "done");
    assertThat(discord.view(tom).channel(general).status()).isEmpty();
  }

  @Test
  void keepsAPrivateThreadAmongItsMembers() {
    JsonNode thread =
        bot.call("POST", "channels/" + general + "/threads", "{\"name\":\"quiet\",\"type\":12}");
    String id = thread.path("id").asText();
    assertThat(discord.view(tom).channel(general).threads()).isEmpty();

    bot.call("PUT", "channels/" + id + "/thread-members/" + tom, "");

    assertThat(discord.view(tom).channel(general).threads()).hasSize(1);
    assertThat(bot.get("channels/" + id + "/thread-members")).hasSize(2);
  }
}
