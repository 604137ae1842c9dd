package dev.sotto.sandbox.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Place;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestApiTest {
  private static final String POST = "POST /channels/{}/messages";

  private final MutableClock clock = new MutableClock();
  private final DiscordServer discord = new DiscordServer(Rules.real(), clock);
  private final Sandbox sandbox = Sandbox.start(0, discord);
  private final BotClient bot = new BotClient(sandbox, discord);
  private final String general = discord.channel("general");

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private HttpResponse<String> post(String text) {
    return bot.send("POST", "channels/" + general + "/messages", "{\"content\":\"" + text + "\"}");
  }

  private int posted() {
    return discord.view(discord.person("tom")).channel(general).bubbles().size();
  }

  @Test
  void knowsItsBotByTheToken() {
    assertThat(bot.get("users/@me").path("bot").asBoolean()).isTrue();
    assertThat(bot.get("applications/@me").path("id").asText()).isEqualTo(discord.applicationId());

    HttpResponse<String> stranger =
        bot.send("GET", "users/@me", "", "Bot wrong", "application/json");

    assertThat(stranger.statusCode()).isEqualTo(401);
  }

  @Test
  void tellsWhereTheGatewayIs() {
    assertThat(bot.get("gateway").path("url").asText()).isEqualTo(discord.gatewayUrl().toString());
    assertThat(bot.get("gateway/bot").at("/session_start_limit/max_concurrency").asInt())
        .isEqualTo(1);
  }

  @Test
  void knowsNoOtherRoutes() {
    assertThat(bot.send("GET", "nothing/here", "").statusCode()).isEqualTo(404);
  }

  @Test
  void allowsFiveMessagesInFiveSecondsInOneChannel() {
    List<HttpResponse<String>> answers =
        IntStream.range(0, 6).mapToObj(i -> post("m" + i)).toList();

    assertThat(answers)
        .extracting(HttpResponse::statusCode)
        .containsExactly(200, 200, 200, 200, 200, 429);
    assertThat(answers.getFirst().headers().firstValue("X-RateLimit-Remaining")).contains("4");
    assertThat(answers.getFirst().headers().firstValue("X-RateLimit-Bucket")).isPresent();
    HttpResponse<String> refused = answers.getLast();
    assertThat(refused.headers().firstValue("Via")).isPresent();
    assertThat(refused.headers().firstValue("Retry-After").orElse("")).matches("[1-5]");
    assertThat(BotClient.json(refused.body()).path("retry_after").asDouble()).isBetween(0.0, 5.0);
    assertThat(posted()).isEqualTo(5);

    assertThat(bot.post(discord.channel("help"), "elsewhere").path("id").asText()).isNotEmpty();
    clock.advance(Duration.ofSeconds(6));
    assertThat(post("later").statusCode()).isEqualTo(200);
  }

  @Test
  void failsAsPlanned() {
    discord.faults().next(POST, Fault.tooMany(Duration.ofMillis(1_500)));
    discord.faults().next(POST, Fault.broken(502));
    discord.faults().next(POST, Fault.refused("50013"));

    HttpResponse<String> limited = post("a");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Via")).isPresent();
    assertThat(limited.headers().firstValue("Retry-After")).contains("2");
    assertThat(post("b").statusCode()).isEqualTo(502);
    assertThat(post("c").statusCode()).isEqualTo(403);
    assertThat(posted()).isZero();
    assertThat(post("d").statusCode()).isEqualTo(200);
    assertThat(discord.faults().calls(POST))
        .extracting(call -> call.field("content"))
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void doesWhatItNeverAnswers() {
    discord.faults().next(POST, Fault.cut());

    assertThatThrownBy(() -> post("done all the same")).isInstanceOf(UncheckedIOException.class);

    assertThat(posted()).isEqualTo(1);
  }

  @Test
  void tellsPeopleWhoWatchThatSomethingChanged() {
    AtomicInteger changes = new AtomicInteger();
    try (var _ = discord.onChange(changes::incrementAndGet)) {
      post("seen");
      discord.say(discord.person("tom"), Place.in(general), "seen too");
    }

    assertThat(changes).hasValue(2);
  }
}
