package dev.sotto.sandbox.discord;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.discord.Rules.Rate;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Upload;
import dev.sotto.sandbox.side.View;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageRoutesTest {
  private final MutableClock clock = new MutableClock();
  private final DiscordServer discord =
      new DiscordServer(Rules.real().withRates(Rate.UNLIMITED, Rate.UNLIMITED), clock);
  private final Sandbox sandbox = Sandbox.start(0, discord);
  private final BotClient bot = new BotClient(sandbox, discord);
  private final String tom = discord.person("tom");
  private final String general = discord.channel("general");
  private final String messages = "channels/" + general + "/messages";

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private List<View.Bubble> bubbles() {
    return discord.view(tom).channel(general).bubbles();
  }

  @Test
  void postsEditsAndDeletes() {
    String id = bot.post(general, "first").path("id").asText();
    assertThat(bubbles()).extracting(View.Bubble::text).containsExactly("first");

    JsonNode edited = bot.call("PATCH", messages + "/" + id, "{\"content\":\"second\"}");
    assertThat(edited.path("edited_timestamp").asText()).isNotEmpty();
    assertThat(bubbles().getFirst().text()).isEqualTo("second");
    assertThat(bubbles().getFirst().edited()).isTrue();

    HttpResponse<String> deleted = bot.send("DELETE", messages + "/" + id, "");
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.headers().firstValue("content-type")).isEmpty();
    assertThat(bubbles()).isEmpty();
    assertThat(bot.get(messages + "/" + id).path("code").asInt()).isEqualTo(10008);
  }

  @Test
  void answersAnEnforcedNonceWithTheMessageThatItMade() {
    String body = "{\"content\":\"once\",\"nonce\":\"abc\",\"enforce_nonce\":true}";

    String first = bot.call("POST", messages, body).path("id").asText();
    String second = bot.call("POST", messages, body).path("id").asText();

    assertThat(second).isEqualTo(first);
    assertThat(bubbles()).hasSize(1);
  }

  @Test
  void forgetsANonceAfterSomeMinutes() {
    String body = "{\"content\":\"again\",\"nonce\":\"abc\",\"enforce_nonce\":true}";
    bot.call("POST", messages, body);

    clock.advance(Duration.ofMinutes(6));
    bot.call("POST", messages, body);

    assertThat(bubbles()).hasSize(2);
  }

  @Test
  void postsTwiceWhereTheNonceIsNotEnforced() {
    String body = "{\"content\":\"twice\",\"nonce\":\"abc\"}";

    bot.call("POST", messages, body);
    bot.call("POST", messages, body);

    assertThat(bubbles()).hasSize(2);
  }

  @Test
  void holdsMessagesToTheirLimits() {
    assertThat(bot.post(general, "x".repeat(2_000)).path("id").asText()).isNotEmpty();
    assertThat(bot.post(general, "x".repeat(2_001)).path("code").asInt()).isEqualTo(50035);
    assertThat(bot.post(general, "").path("code").asInt()).isEqualTo(50006);
    assertThat(bot.call("POST", messages, "{no json").path("code").asInt()).isEqualTo(50109);
    String nonce = "{\"content\":\"x\",\"nonce\":\"" + "n".repeat(26) + "\"}";
    assertThat(bot.call("POST", messages, nonce).path("code").asInt()).isEqualTo(50035);
  }

  @Test
  void listsNewestFirstFromBothEnds() {
    List<String> ids =
        IntStream.range(0, 5)
            .mapToObj(i -> discord.say(tom, Place.in(general), "number " + i))
            .toList();

    assertThat(contents("?limit=2")).containsExactly("number 4", "number 3");
    assertThat(contents("?limit=2&before=" + ids.get(2))).containsExactly("number 1", "number 0");
    assertThat(contents("?limit=2&after=" + ids.get(1))).containsExactly("number 3", "number 2");
    assertThat(contents("?limit=3&around=" + ids.get(2)))
        .containsExactly("number 3", "number 2", "number 1");
    assertThat(bot.get(messages + "?limit=101").path("code").asInt()).isEqualTo(50035);
  }

  private List<String> contents(String query) {
    return bot.get(messages + query).findValuesAsText("content");
  }

  @Test
  void repliesToWhatIsThere() {
    String asked = discord.say(tom, Place.in(general), "question");
    String to = "{\"content\":\"answer\",\"message_reference\":{\"message_id\":\"%s\"}}";

    JsonNode reply = bot.call("POST", messages, to.formatted(asked));

    assertThat(reply.path("type").asInt()).isEqualTo(19);
    assertThat(reply.path("referenced_message").path("content").asText()).isEqualTo("question");
    assertThat(bot.call("POST", messages, to.formatted("1")).path("code").asInt()).isEqualTo(50035);
  }

  @Test
  void callsNobodyWhoIsNotAllowed() {
    String text = "{\"content\":\"<@%s> @everyone\",\"allowed_mentions\":%s}";

    JsonNode silent = bot.call("POST", messages, text.formatted(tom, "{\"parse\":[]}"));
    JsonNode loud = bot.call("POST", messages, text.formatted(tom, "null"));

    assertThat(silent.path("mentions")).isEmpty();
    assertThat(silent.path("mention_everyone").asBoolean()).isFalse();
    assertThat(loud.path("mentions").findValuesAsText("username")).containsExactly("tom");
    assertThat(loud.path("mention_everyone").asBoolean()).isTrue();
  }

  @Test
  void leavesTheMessagesOfOthersAlone() {
    String theirs = discord.say(tom, Place.in(general), "mine");

    assertThat(
            bot.call("PATCH", messages + "/" + theirs, "{\"content\":\"x\"}").path("code").asInt())
        .isEqualTo(50005);
    assertThat(bot.call("DELETE", messages + "/" + theirs, "").path("code").asInt())
        .isEqualTo(50013);
  }

  @Test
  void namesWhatIsMissingOrForbidden() {
    assertThat(bot.post("1", "x").path("code").asInt()).isEqualTo(10003);

    discord.deny(general, Permission.SEND_MESSAGES);
    assertThat(bot.post(general, "x").path("code").asInt()).isEqualTo(50013);

    discord.deny(general, Permission.VIEW_CHANNEL);
    assertThat(bot.post(general, "x").path("code").asInt()).isEqualTo(50001);
  }

  @Test
  void takesAndServesFiles() {
    String form =
        """
        --b\r
        Content-Disposition: form-data; name="payload_json"\r
        Content-Type: application/json\r
        \r
        {"content":"see","attachments":[{"id":0,"filename":"a.txt"}]}\r
        --b\r
        Content-Disposition: form-data; name="files[0]"; filename="a.txt"\r
        Content-Type: text/plain\r
        \r
        within\r
        --b--\r
        """;
    HttpResponse<String> sent =
        bot.send(
            "POST", messages, form, "Bot " + discord.botToken(), "multipart/form-data; boundary=b");

    JsonNode file = BotClient.json(sent.body()).path("attachments").path(0);
    assertThat(file.path("filename").asText()).isEqualTo("a.txt");
    assertThat(fetch(file.path("url").asText()).body()).isEqualTo("within");
    assertThat(bubbles().getFirst().files()).extracting(View.File::name).containsExactly("a.txt");
  }

  @Test
  void servesTheFilesOfPeopleToWhoeverHasTheWholeAddress() {
    Upload notes = new Upload("n.txt", "text/plain", "notes".getBytes(StandardCharsets.UTF_8));
    String id = discord.upload(tom, Place.in(general), "", notes);

    String url = bot.get(messages + "/" + id).at("/attachments/0/url").asText();

    assertThat(fetch(url).body()).isEqualTo("notes");
    assertThat(fetch(url.replaceFirst("hm=.", "hm=-")).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> fetch(String url) {
    return bot.exchange(HttpRequest.newBuilder(URI.create(url)).build());
  }

  @Test
  void reacts() {
    String id = discord.say(tom, Place.in(general), "good");

    bot.call("PUT", messages + "/" + id + "/reactions/%F0%9F%91%8D/@me", "");
    discord.react(tom, id, "👍");

    assertThat(bubbles().getFirst().reactions()).containsExactly(new View.Reaction("👍", 2, true));
    bot.call("DELETE", messages + "/" + id + "/reactions/%F0%9F%91%8D/%40me", "");
    assertThat(bubbles().getFirst().reactions()).containsExactly(new View.Reaction("👍", 1, true));
  }

  @Test
  void checksComponents() {
    String row = "{\"content\":\"c\",\"components\":[{\"type\":1,\"components\":[%s]}]}";
    String button = "{\"type\":2,\"style\":1,\"label\":\"Go\",\"custom_id\":\"go\"}";

    assertThat(bot.call("POST", messages, row.formatted(button)).path("id").asText()).isNotEmpty();
    assertThat(bubbles().getLast().buttons()).containsExactly(new View.Button("go", "Go", true));
    assertThat(
            bot.call("POST", messages, row.formatted(button + "," + button)).path("code").asInt())
        .isEqualTo(50035);
    assertThat(
            bot.call(
                    "POST",
                    messages,
                    "{\"flags\":32768,\"content\":\"x\",\"components\":[{\"type\":10,\"content\":\"t\"}]}")
                .path("code")
                .asInt())
        .isEqualTo(50035);
  }
}
