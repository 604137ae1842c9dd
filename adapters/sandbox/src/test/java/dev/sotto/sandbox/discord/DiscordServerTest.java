package dev.sotto.sandbox.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscordServerTest {
  private final DiscordServer discord = new DiscordServer();
  private final Sandbox sandbox = Sandbox.start(0, discord);
  private final BotClient bot = new BotClient(sandbox, discord);
  private final String maria = discord.person("maria");
  private final String tom = discord.person("tom");
  private final Place general = Place.in(discord.channel("general"));

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void hasPeopleOneOfThemAnAdministrator() {
    assertThat(discord.people())
        .extracting(View.Person::name, View.Person::admin)
        .containsExactly(tuple("Maria", true), tuple("Tom", false), tuple("Priya", false));
  }

  @Test
  void keepsDirectConversationsToThemselves() {
    Place direct = Place.in(discord.direct(tom));
    discord.say(tom, direct, "between us");

    assertThat(discord.view(tom).bubbles(direct)).hasSize(1);
    assertThatThrownBy(() -> discord.view(maria).bubbles(direct))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> discord.say(maria, direct, "hello?"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void turnsATypedNameIntoAMention() {
    BotClient.Line line = bot.identified(BotClient.ALL);

    discord.say(tom, general, "@Sotto hello, not mail@sotto");

    JsonNode message = line.event("MESSAGE_CREATE");
    assertThat(message.path("content").asText())
        .isEqualTo(discord.mention() + " hello, not mail@sotto");
    assertThat(message.path("mentions").findValuesAsText("id")).contains(discord.applicationId());
    assertThat(message.at("/member/roles")).isEmpty();
  }

  @Test
  void aReplyCallsItsAuthor() {
    String answer = bot.post(general.channel(), "answer").path("id").asText();
    BotClient.Line line = bot.identified(BotClient.ALL);

    discord.reply(tom, answer, "and then?");

    JsonNode reply = line.event("MESSAGE_CREATE");
    assertThat(reply.at("/referenced_message/id").asText()).isEqualTo(answer);
    assertThat(reply.path("mentions").findValuesAsText("username")).contains("sotto");
  }

  @Test
  void editsAndDeletesOnlyOnesOwn() {
    BotClient.Line line = bot.identified(BotClient.ALL);
    String id = discord.say(tom, general, "first");

    discord.edit(tom, id, "second");
    assertThat(line.event("MESSAGE_UPDATE").path("content").asText()).isEqualTo("second");
    assertThatThrownBy(() -> discord.edit(maria, id, "third"))
        .isInstanceOf(IllegalArgumentException.class);

    discord.delete(tom, id);
    assertThat(line.event("MESSAGE_DELETE").path("id").asText()).isEqualTo(id);
    assertThat(discord.view(tom).bubbles(general)).isEmpty();
  }

  @Test
  void tellsOfTypingReactionsAndOtherBots() {
    BotClient.Line line = bot.identified(BotClient.ALL);

    discord.type(tom, general);
    String id = discord.say(discord.otherBot(), general, "beep");
    discord.react(tom, id, "👍");
    discord.react(tom, id, "👍");

    assertThat(line.event("TYPING_START").path("user_id").asText()).isEqualTo(tom);
    assertThat(line.event("MESSAGE_CREATE").at("/author/bot").asBoolean()).isTrue();
    assertThat(line.event("MESSAGE_REACTION_ADD").at("/emoji/name").asText()).isEqualTo("👍");
    line.event("MESSAGE_REACTION_REMOVE");
  }

  @Test
  void refusesWhatTheAppWouldNotSend() {
    assertThatThrownBy(() -> discord.say(tom, general, " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> discord.say(tom, general, "x".repeat(4_001)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> discord.say("1", general, "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> discord.channel("nowhere"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesIdsThatTellTheTimeAndGrow() {
    String first = discord.say(tom, general, "one");
    String second = discord.say(tom, general, "two");

    assertThat(Long.parseLong(second)).isGreaterThan(Long.parseLong(first));
    assertThat(Snowflakes.time(Long.parseLong(first)))
        .isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
  }

  @Test
  void isTheSameGuildAfterARestartButNeverRepeatsTheIdOfAMessage() {
    String before = discord.say(tom, general, "before the restart");
    DiscordServer next = new DiscordServer();
    Sandbox again = Sandbox.start(0, next);

    try {
      assertThat(ids(next)).isEqualTo(ids(discord)).doesNotHaveDuplicates();
      assertThat(ids(next)).allSatisfy(id -> assertThat(id).matches("[1-9]\\d{18}"));
      assertThat(Long.parseLong(next.say(tom, general, "after it")))
          .isGreaterThan(Long.parseLong(before));
    } finally {
      again.close();
    }
  }

  private static List<String> ids(DiscordServer server) {
    Stream<String> places =
        Stream.of(
            server.guildId(),
            server.applicationId(),
            server.otherBot(),
            server.channel("general"),
            server.channel("help"));
    Stream<String> people =
        server.people().stream().flatMap(it -> Stream.of(it.id(), server.direct(it.id())));
    return Stream.concat(places, people).toList();
  }
}
