package dev.sotto.sandbox.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InteractionRoutesTest {
  private final MutableClock clock = new MutableClock();
  private final DiscordServer discord = new DiscordServer(Rules.real(), clock);
  private final Sandbox sandbox = Sandbox.start(0, discord);
  private final BotClient bot = new BotClient(sandbox, discord);
  private final BotClient.Line line = bot.identified(1);
  private final String maria = discord.person("maria");
  private final String tom = discord.person("tom");
  private final String general = discord.channel("general");
  private final Place place = Place.in(general);

  @BeforeEach
  void register() {
    bot.call(
        "PUT",
        "applications/" + discord.applicationId() + "/commands",
        "[{\"name\":\"ask\",\"description\":\"Asks\",\"contexts\":[\"0\",\"1\"]}]");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private JsonNode asked() {
    discord.command(tom, place, "/ask");
    return line.event("INTERACTION_CREATE");
  }

  private HttpResponse<String> callback(JsonNode interaction, String body) {
    return bot.send(
        "POST",
        "interactions/%s/%s/callback?with_response=true"
            .formatted(interaction.path("id").asText(), interaction.path("token").asText()),
        body);
  }

  private String webhook(JsonNode interaction) {
    return "webhooks/" + discord.applicationId() + "/" + interaction.path("token").asText();
  }

  private List<View.Bubble> bubbles(String person) {
    return discord.view(person).channel(general).bubbles();
  }

  @Test
  void tellsWhoAskedWhatWhere() {
    JsonNode interaction = asked();

    assertThat(interaction.path("type").asInt()).isEqualTo(2);
    assertThat(interaction.at("/data/name").asText()).isEqualTo("ask");
    assertThat(interaction.at("/member/user/username").asText()).isEqualTo("tom");
    assertThat(interaction.at("/guild/id").asText()).isEqualTo(discord.guildId());
    assertThat(interaction.path("context").asInt()).isZero();
    assertThat(interaction.at("/channel/id").asText()).isEqualTo(general);
  }

  @Test
  void inADirectConversationItTellsTheUserAndNoGuild() {
    discord.command(tom, Place.in(discord.direct(tom)), "/ask");

    JsonNode interaction = line.event("INTERACTION_CREATE");
    assertThat(interaction.at("/user/username").asText()).isEqualTo("tom");
    assertThat(interaction.has("guild")).isFalse();
    assertThat(interaction.path("context").asInt()).isEqualTo(1);
  }

  @Test
  void showsAnEphemeralAnswerToOnePersonAlone() {
    JsonNode interaction = asked();

    HttpResponse<String> answer =
        callback(interaction, "{\"type\":4,\"data\":{\"content\":\"for you\",\"flags\":64}}");

    assertThat(BotClient.json(answer.body()).at("/resource/message/content").asText())
        .isEqualTo("for you");
    assertThat(bubbles(tom)).extracting(View.Bubble::text).containsExactly("for you");
    assertThat(bubbles(tom).getFirst().ephemeral()).isTrue();
    assertThat(bubbles(maria)).isEmpty();
    assertThat(bot.get("channels/" + general + "/messages")).isEmpty();
  }

  @Test
  void fillsADeferredAnswer() {
    JsonNode interaction = asked();
    callback(interaction, "{\"type\":5}");
    assertThat(bubbles(maria).getFirst().streaming()).isTrue();

    bot.call("PATCH", webhook(interaction) + "/messages/@original", "{\"content\":\"thought\"}");

    assertThat(bubbles(maria).getFirst().text()).isEqualTo("thought");
    assertThat(bubbles(maria).getFirst().streaming()).isFalse();
    assertThat(bubbles(maria).getFirst().edited()).isFalse();
  }

  @Test
  void takesTheFirstFollowUpForTheDeferredAnswerAndTheNextForAnother() {
    JsonNode interaction = asked();
    callback(interaction, "{\"type\":5}");

    bot.call("POST", webhook(interaction) + "?wait=true", "{\"content\":\"answer\"}");
    bot.call("POST", webhook(interaction) + "?wait=true", "{\"content\":\"more\"}");

    assertThat(bubbles(tom)).extracting(View.Bubble::text).containsExactly("answer", "more");
    bot.call("DELETE", webhook(interaction) + "/messages/%40original", "");
    assertThat(bubbles(tom)).extracting(View.Bubble::text).containsExactly("more");
  }

  @Test
  void refusesASecondAcknowledgement() {
    JsonNode interaction = asked();
    callback(interaction, "{\"type\":5}");

    HttpResponse<String> second = callback(interaction, "{\"type\":5}");

    assertThat(second.statusCode()).isEqualTo(400);
    assertThat(BotClient.json(second.body()).path("code").asInt()).isEqualTo(40060);
  }

  @Test
  void refusesWhatComesAfterThreeSeconds() {
    JsonNode interaction = asked();
    clock.advance(Duration.ofSeconds(4));

    HttpResponse<String> late = callback(interaction, "{\"type\":5}");

    assertThat(late.statusCode()).isEqualTo(404);
    assertThat(BotClient.json(late.body()).path("code").asInt()).isEqualTo(10062);
  }

  @Test
  void tellsThePersonWhenNothingCame() {
    asked();

    await()
        .atMost(Duration.ofSeconds(6))
        .untilAsserted(() ->
            assertThat(bubbles(tom))
                .extracting(View.Bubble::text)
                .containsExactly("The application did not respond"));
  }

  @Test
  void forgetsTheTokenAfterAQuarterOfAnHour() {
    JsonNode interaction = asked();
    callback(interaction, "{\"type\":5}");
    clock.advance(Duration.ofMinutes(16));

    HttpResponse<String> late =
        bot.send("PATCH", webhook(interaction) + "/messages/@original", "{\"content\":\"x\"}");

    assertThat(BotClient.json(late.body()).path("code").asInt()).isEqualTo(50027);
  }

  @Test
  void knowsNoFollowUpsBeforeTheAcknowledgement() {
    JsonNode interaction = asked();

    assertThat(bot.call("POST", webhook(interaction), "{\"content\":\"x\"}").path("code").asInt())
        .isEqualTo(10015);
  }

  private String withButton() {
    return bot.call(
            "POST",
            "channels/" + general + "/messages",
            """
            {"content":"choose","components":[{"type":1,"components":[
              {"type":2,"style":1,"label":"Go","custom_id":"go"},
              {"type":2,"style":1,"label":"No","custom_id":"no","disabled":true}]}]}
            """)
        .path("id")
        .asText();
  }

  @Test
  void updatesTheMessageWhoseButtonWasPressed() {
    String message = withButton();
    discord.press(tom, message, "go");
    JsonNode interaction = line.event("INTERACTION_CREATE");
    assertThat(interaction.at("/data/custom_id").asText()).isEqualTo("go");
    assertThat(interaction.at("/message/id").asText()).isEqualTo(message);

    callback(interaction, "{\"type\":7,\"data\":{\"content\":\"gone\",\"components\":[]}}");

    assertThat(bubbles(tom).getFirst().text()).isEqualTo("gone");
    assertThat(bubbles(tom).getFirst().buttons()).isEmpty();
  }

  @Test
  void pressesOnlyWhatIsThere() {
    String message = withButton();

    assertThatThrownBy(() -> discord.press(tom, message, "no"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> discord.press(tom, message, "other"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void opensAFormAndTellsWhatWasFilledIn() {
    JsonNode interaction = asked();
    callback(
        interaction,
        """
        {"type":9,"data":{"custom_id":"f","title":"New","components":[
          {"type":18,"label":"Name","component":{"type":4,"style":2,"custom_id":"name"}}]}}
        """);
    View.Modal modal = discord.view(tom).modal().orElseThrow();
    assertThat(modal.fields())
        .containsExactly(new View.Field("name", "Name", "", true, true, List.of()));
    assertThat(discord.view(maria).modal()).isEmpty();

    assertThatThrownBy(() -> discord.submit(tom, modal.id(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    BotClient.Line second = bot.identified(1);
    discord.submit(tom, modal.id(), Map.of("name", "Robot"));

    JsonNode submitted = second.event("INTERACTION_CREATE");
    assertThat(submitted.path("type").asInt()).isEqualTo(5);
    assertThat(submitted.at("/data/custom_id").asText()).isEqualTo("f");
    assertThat(submitted.at("/data/components/0/component/value").asText()).isEqualTo("Robot");
    assertThat(discord.view(tom).modal()).isEmpty();
  }
}
