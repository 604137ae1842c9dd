package dev.sotto.sandbox.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayTest {
  private final DiscordServer discord = new DiscordServer();
  private final Sandbox sandbox = Sandbox.start(0, discord);
  private final BotClient bot = new BotClient(sandbox, discord);
  private final String tom = discord.person("tom");
  private final Place general = Place.in(discord.channel("general"));

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void greetsAndWelcomesWithEverythingAClientNeedsToComeBack() {
    BotClient.Line line = bot.identified(BotClient.ALL);

    assertThat(line.operation(10).path("heartbeat_interval").asInt()).isEqualTo(41_250);
    JsonNode ready = line.event("READY");
    assertThat(ready.path("private_channels").isArray()).isTrue();
    assertThat(ready.path("session_id").asText()).isNotEmpty();
    assertThat(ready.path("resume_gateway_url").asText())
        .isEqualTo(discord.gatewayUrl().toString());
    assertThat(ready.path("user").path("id").asText()).isEqualTo(discord.applicationId());
    JsonNode guild = line.event("GUILD_CREATE");
    assertThat(guild.path("name").asText()).isEqualTo("Acme Discord");
    assertThat(guild.path("channels").findValuesAsText("name")).containsExactly("general", "help");
  }

  @Test
  void acknowledgesHeartbeats() {
    BotClient.Line line = bot.identified(BotClient.ALL);

    line.send("{\"op\":1,\"d\":null}");

    line.operation(11);
  }

  @Test
  void cutsOffTheSilent() {
    DiscordServer strict = new DiscordServer(Rules.real().withHeartbeat(Duration.ofMillis(100)));
    try (Sandbox other = Sandbox.start(0, strict)) {
      BotClient.Line silent = new BotClient(other, strict).connect("?v=10");

      assertThat(silent.closeCode()).isEqualTo(4009);
    }
  }

  @Test
  void compressesAllPayloadsAsOneStream() {
    BotClient.Line line = bot.connect("?v=10&encoding=json&compress=zlib-stream");
    line.identify(discord.botToken(), BotClient.ALL);
    line.event("GUILD_CREATE");

    discord.say(tom, general, "squeezed");

    assertThat(line.event("MESSAGE_CREATE").path("content").asText()).isEqualTo("squeezed");
  }

  @Test
  void refusesAWrongToken() {
    BotClient.Line line = bot.connect("?v=10");

    line.identify("wrong", BotClient.ALL);

    assertThat(line.closeCode()).isEqualTo(4004);
  }

  @Test
  void refusesIntentsThatDoNotExistOrWereNotGranted() {
    BotClient.Line unknown = bot.connect("?v=10");
    unknown.identify(discord.botToken(), 1L << 30);
    BotClient.Line privileged = bot.connect("?v=10");
    privileged.identify(discord.botToken(), 1 << 1);

    assertThat(unknown.closeCode()).isEqualTo(4013);
    assertThat(privileged.closeCode()).isEqualTo(4014);
  }

  @Test
  void refusesTheContentIntentWhereItWasNotGranted() {
    DiscordServer strict = new DiscordServer(Rules.real().withoutMessageContent());
    try (Sandbox other = Sandbox.start(0, strict)) {
      BotClient.Line line = new BotClient(other, strict).connect("?v=10");

      line.identify(strict.botToken(), BotClient.ALL);

      assertThat(line.closeCode()).isEqualTo(4014);
    }
  }

  @Test
  void wantsToBeToldWhoIsThereFirst() {
    BotClient.Line line = bot.connect("?v=10");
    line.send("{\"op\":3,\"d\":{}}");
    BotClient.Line garbled = bot.connect("?v=10");
    garbled.send("no json");
    BotClient.Line unknown = bot.connect("?v=10");
    unknown.send("{\"op\":99}");

    assertThat(line.closeCode()).isEqualTo(4003);
    assertThat(garbled.closeCode()).isEqualTo(4002);
    assertThat(unknown.closeCode()).isEqualTo(4001);
  }

  @Test
  void replaysWhatAResumingClientMissed() {
    BotClient.Line first = bot.identified(BotClient.ALL);
    String session = first.event("READY").path("session_id").asText();
    long heard = first.lastSequence();
    discord.sockets().drop();
    assertThat(first.closeCode()).isEqualTo(1006);
    discord.say(tom, general, "while away");

    BotClient.Line second = bot.connect("?v=10");
    second.resume(discord.botToken(), session, heard);

    second.event("RESUMED");
    assertThat(second.events()).containsExactly("MESSAGE_CREATE", "RESUMED");
    assertThat(second.event("MESSAGE_CREATE").path("content").asText()).isEqualTo("while away");
  }

  @Test
  void doesNotReplayAfterANewIdentify() {
    BotClient.Line first = bot.identified(BotClient.ALL);
    first.hangUp();
    await().until(() -> discord.sockets().open() == 0);
    discord.say(tom, general, "never heard");

    BotClient.Line second = bot.identified(BotClient.ALL);
    discord.say(tom, general, "heard");

    assertThat(second.event("MESSAGE_CREATE").path("content").asText()).isEqualTo("heard");
  }

  @Test
  void refusesToResumeWhatItDoesNotKnow() {
    BotClient.Line line = bot.connect("?v=10");
    line.resume(discord.botToken(), "unknown", 1);

    assertThat(line.operation(9).asBoolean(true)).isFalse();
  }

  @Test
  void refusesToResumeFromTheFuture() {
    BotClient.Line first = bot.identified(BotClient.ALL);
    String session = first.event("READY").path("session_id").asText();

    BotClient.Line second = bot.connect("?v=10");
    second.resume(discord.botToken(), session, 1_000);

    assertThat(second.closeCode()).isEqualTo(4007);
  }

  @Test
  void losesSessionsWhenTold() {
    BotClient.Line first = bot.identified(BotClient.ALL);
    String session = first.event("READY").path("session_id").asText();
    discord.loseSessions();

    BotClient.Line second = bot.connect("?v=10");
    second.resume(discord.botToken(), session, 2);

    assertThat(second.operation(9).asBoolean(true)).isFalse();
  }

  @Test
  void asksToReconnectAndInvalidates() {
    BotClient.Line line = bot.identified(BotClient.ALL);

    discord.askToReconnect();
    discord.invalidateSessions(true);

    line.operation(7);
    assertThat(line.operation(9).asBoolean()).isTrue();
  }

  @Test
  void endsConnectionsWithACode() {
    BotClient.Line line = bot.identified(BotClient.ALL);

    discord.closeSockets(CloseCode.UNKNOWN_ERROR);

    assertThat(line.closeCode()).isEqualTo(4000);
  }

  @Test
  void aFrozenConnectionHearsAndSaysNothingButItsSessionLivesOn() {
    BotClient.Line first = bot.identified(BotClient.ALL);
    String session = first.event("READY").path("session_id").asText();
    long heard = first.lastSequence();
    discord.sockets().freeze();
    first.send("{\"op\":1,\"d\":null}");
    discord.say(tom, general, "not on this line");

    BotClient.Line second = bot.connect("?v=10");
    second.resume(discord.botToken(), session, heard);

    assertThat(second.event("MESSAGE_CREATE").path("content").asText())
        .isEqualTo("not on this line");
    assertThat(first.received()).noneMatch(payload -> payload.path("op").asInt() == 11);
    assertThat(first.events()).doesNotContain("MESSAGE_CREATE");
  }

  @Test
  void holdsEventsBackAndDeliversTheLastOneTwice() {
    BotClient.Line line = bot.identified(BotClient.ALL);
    discord.sockets().hold();
    discord.say(tom, general, "one");
    line.send("{\"op\":1,\"d\":null}");
    line.operation(11);
    assertThat(line.events()).doesNotContain("MESSAGE_CREATE");

    discord.sockets().release();
    discord.sockets().redeliver();

    await().until(() -> line.events().stream().filter("MESSAGE_CREATE"::equals).count() == 2);
  }

  @Test
  void keepsContentFromThoseWhoDidNotAskForItUnlessItConcernsThem() {
    long blind = BotClient.ALL & ~(1L << 15);
    BotClient.Line line = bot.identified(blind);

    discord.say(tom, general, "nothing to you");
    assertThat(line.event("MESSAGE_CREATE").path("content").asText("-")).isEmpty();

    BotClient.Line other = bot.identified(blind);
    discord.say(tom, general, "@sotto something to you");
    assertThat(other.event("MESSAGE_CREATE").path("content").asText())
        .isEqualTo(discord.mention() + " something to you");

    BotClient.Line third = bot.identified(blind);
    discord.say(tom, Place.in(discord.direct(tom)), "between us");
    assertThat(third.event("MESSAGE_CREATE").path("content").asText()).isEqualTo("between us");
  }

  @Test
  void tellsOnlyWhatAClientAskedFor() {
    BotClient.Line guilds = bot.identified(1);
    BotClient.Line messages = bot.identified(1 | 1 << 9 | 1 << 15);

    discord.say(tom, Place.in(discord.direct(tom)), "direct");
    discord.say(tom, general, "in the guild");

    assertThat(messages.event("MESSAGE_CREATE").path("content").asText()).isEqualTo("in the guild");
    assertThat(guilds.events()).containsExactly("READY", "GUILD_CREATE");
  }

  @Test
  void keepsChannelsFromTheBotThatItMayNotView() {
    BotClient.Line line = bot.identified(BotClient.ALL);
    discord.deny(general.channel(), Permission.VIEW_CHANNEL);
    discord.say(discord.person("maria"), general, "hidden");
    discord.say(tom, Place.in(discord.channel("help")), "open");

    assertThat(line.event("MESSAGE_CREATE").path("content").asText()).isEqualTo("open");
  }

  @Test
  void findsMembers() {
    BotClient.Line line = bot.identified(BotClient.ALL);

    line.send(
        "{\"op\":8,\"d\":{\"guild_id\":\"%s\",\"query\":\"mar\",\"limit\":1,\"nonce\":\"n\"}}"
            .formatted(discord.guildId()));

    JsonNode chunk = line.event("GUILD_MEMBERS_CHUNK");
    assertThat(chunk.path("nonce").asText()).isEqualTo("n");
    assertThat(chunk.path("members").findValuesAsText("username")).containsExactly("maria");
  }

  @Test
  void tellsEachShardItsOwn() {
    BotClient.Line first = bot.connect("?v=10");
    first.identify(discord.botToken(), BotClient.ALL, 0, 2);
    first.event("READY");
    BotClient.Line second = bot.connect("?v=10");
    second.identify(discord.botToken(), BotClient.ALL, 1, 2);
    second.event("GUILD_CREATE");

    discord.say(tom, Place.in(discord.direct(tom)), "direct");
    discord.say(tom, general, "in the guild");

    assertThat(first.event("MESSAGE_CREATE").path("content").asText()).isEqualTo("direct");
    assertThat(second.event("MESSAGE_CREATE").path("content").asText()).isEqualTo("in the guild");
    assertThat(first.events()).doesNotContain("GUILD_CREATE");
    assertThat(discord.connected(0) + discord.connected(1)).isEqualTo(2);
  }

  @Test
  void refusesASessionThatBeginsTooSoonAfterAnotherOfItsBucket() {
    MutableClock clock = new MutableClock();
    Rules.Starts two = new Rules.Starts(2, 2, Duration.ofSeconds(5), 4);
    DiscordServer strict = new DiscordServer(Rules.real().withStarts(two), clock);
    try (Sandbox other = Sandbox.start(0, strict)) {
      BotClient hasty = new BotClient(other, strict);
      identified(hasty, strict, 0).event("READY");
      identified(hasty, strict, 1).event("READY");

      assertThat(identified(hasty, strict, 0).operation(9).asBoolean(true)).isFalse();

      clock.advance(Duration.ofSeconds(5));
      identified(hasty, strict, 0).event("READY");
      assertThat(strict.started(0)).isEqualTo(2);
      assertThat(strict.startedTooSoon()).isEqualTo(1);
      JsonNode told = hasty.get("gateway/bot");
      assertThat(told.path("shards").asInt()).isEqualTo(2);
      assertThat(told.path("session_start_limit").path("max_concurrency").asInt()).isEqualTo(2);
      assertThat(told.path("session_start_limit").path("remaining").asInt(-1)).isZero();
      clock.advance(Duration.ofSeconds(5));
      assertThat(identified(hasty, strict, 0).operation(9).asBoolean(true)).isFalse();
    }
  }

  private static BotClient.Line identified(BotClient bot, DiscordServer server, int shard) {
    BotClient.Line line = bot.connect("?v=10");
    line.identify(server.botToken(), BotClient.ALL, shard, 2);
    return line;
  }
}
