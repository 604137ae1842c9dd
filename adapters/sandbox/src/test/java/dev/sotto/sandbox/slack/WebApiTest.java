package dev.sotto.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Upload;
import dev.sotto.sandbox.side.View;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebApiTest {
  private static final Place HELP = Place.in(SlackServer.IT_HELP);

  private final SlackServer slack =
      new SlackServer(SlackTiming.compressed().withStreamLife(Duration.ofMillis(600)));
  private final Sandbox sandbox = Sandbox.start(0, slack);
  private final SlackClient client = new SlackClient(sandbox, slack);

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void saysWhoTheBotIs() throws Exception {
    HttpResponse<String> answer = client.send("auth.test", slack.botToken());

    assertThat(SlackClient.json(answer).path("user_id").asText()).isEqualTo(slack.bot());
    assertThat(answer.headers().firstValue("x-oauth-scopes"))
        .hasValueSatisfying(scopes -> assertThat(scopes).contains("chat:write"));
  }

  @Test
  void takesEachTokenOnlyWhereItBelongs() throws Exception {
    assertThat(error(client.send("auth.test", "xoxb-somebody-elses"))).isEqualTo("invalid_auth");
    assertThat(error(client.send("apps.connections.open", slack.botToken())))
        .isEqualTo("not_allowed_token_type");
    assertThat(error(client.send("users.info", slack.appToken(), "user", SlackServer.TOM)))
        .isEqualTo("not_allowed_token_type");

    slack.revoke();
    assertThat(error(client.send("auth.test", slack.botToken()))).isEqualTo("token_revoked");
  }

  @Test
  void namesTheScopeThatIsMissing() throws Exception {
    slack.withdraw("channels:history");

    JsonNode answer = client.call("conversations.history", "channel", SlackServer.IT_HELP);

    assertThat(answer.path("error").asText()).isEqualTo("missing_scope");
    assertThat(answer.path("needed").asText()).isEqualTo("channels:history");
    assertThat(answer.path("provided").asText()).contains("im:history");
  }

  @ParameterizedTest
  @CsvSource({
    "chat.postMessage, channel=C0NOWHERE01, text=a, channel_not_found",
    "chat.postMessage, channel=C0GENERAL01, thread_ts=1.000000, no_text",
    "chat.update, channel=C0GENERAL01, ts=1.000000, message_not_found",
    "conversations.replies, channel=C0GENERAL01, ts=1.000000, thread_not_found",
    "users.info, user=U0NOBODY001, a=b, user_not_found",
    "files.info, file=F0NOTHING01, a=b, file_not_found",
    "chat.nonsense, a=b, c=d, unknown_method",
    "views.open, trigger_id=1, view={}, invalid_trigger_id",
  })
  void refusesInSlacksWords(String method, String first, String second, String error)
      throws Exception {
    String[] one = first.split("=", 2);
    String[] two = second.split("=", 2);

    JsonNode answer = client.call(method, one[0], one[1], two[0], two[1]);

    assertThat(answer.path("ok").asBoolean()).isFalse();
    assertThat(answer.path("error").asText()).isEqualTo(error);
  }

  @Test
  void mayNotSpeakWhereTheBotIsNot() throws Exception {
    slack.member(SlackServer.GENERAL, false);

    assertThat(post(SlackServer.GENERAL, "hello").path("error").asText())
        .isEqualTo("not_in_channel");
  }

  @Test
  void putsAReplyIntoTheThread() throws Exception {
    String root = slack.say(SlackServer.TOM, HELP, "@sotto my screen is <black>");

    JsonNode answer =
        client.call(
            "chat.postMessage",
            "channel",
            SlackServer.IT_HELP,
            "thread_ts",
            root,
            "text",
            "Is it *on*? <@" + SlackServer.TOM + ">");

    View view = slack.view(SlackServer.PRIYA);
    assertThat(view.bubbles(HELP))
        .extracting(View.Bubble::text)
        .containsExactly("@sotto my screen is <black>");
    assertThat(view.bubbles(Place.in(SlackServer.IT_HELP, root)))
        .extracting(View.Bubble::id, View.Bubble::text)
        .containsExactly(tuple(answer.path("ts").asText(), "Is it *on*? @tom"));
  }

  @Test
  void keepsSlacksLimits() throws Exception {
    String ts = post(SlackServer.GENERAL, "x".repeat(50_000)).path("ts").asText();

    assertThat(only(SlackServer.GENERAL).text()).hasSize(40_000);
    assertThat(update(ts, "text", "y".repeat(4_001))).isEqualTo("msg_too_long");
    assertThat(update(ts, "markdown_text", "y".repeat(12_001))).isEqualTo("msg_too_long");
    assertThat(update(ts, "markdown_text", "y".repeat(12_000))).isEmpty();
    assertThat(update(ts, "metadata", "{\"event_type\":\"a\"}"))
        .isEqualTo("invalid_metadata_format");
  }

  @Test
  void keepsEachBotToItsOwnMessages() throws Exception {
    String ts = slack.say(SlackServer.TOM, Place.in(SlackServer.GENERAL), "mine");

    assertThat(update(ts, "text", "yours")).isEqualTo("cant_update_message");
    assertThat(
            client
                .call("chat.delete", "channel", SlackServer.GENERAL, "ts", ts)
                .path("error")
                .asText())
        .isEqualTo("cant_delete_message");
  }

  @Test
  void keepsMetadataForThoseWhoAskForIt() throws Exception {
    client.call(
        "chat.postMessage",
        "channel",
        SlackServer.GENERAL,
        "text",
        "hello",
        "metadata",
        "{\"event_type\":\"reply\",\"event_payload\":{\"key\":\"k1\"}}");

    assertThat(
            history("include_all_metadata", "1")
                .at("/messages/0/metadata/event_payload/key")
                .asText())
        .isEqualTo("k1");
    assertThat(history("include_all_metadata", "0").at("/messages/0").has("metadata")).isFalse();
  }

  @Test
  void turnsPages() throws Exception {
    String root = slack.say(SlackServer.TOM, HELP, "one");
    Place thread = Place.in(SlackServer.IT_HELP, root);
    List.of("two", "three").forEach(text -> slack.say(SlackServer.TOM, thread, text));

    JsonNode first =
        client.call(
            "conversations.replies", "channel", SlackServer.IT_HELP, "ts", root, "limit", "2");
    String cursor = first.at("/response_metadata/next_cursor").asText();
    JsonNode second =
        client.call(
            "conversations.replies",
            "channel",
            SlackServer.IT_HELP,
            "ts",
            root,
            "limit",
            "2",
            "cursor",
            cursor);

    assertThat(first.path("messages").findValuesAsText("text")).containsExactly("one", "two");
    assertThat(first.path("has_more").asBoolean()).isTrue();
    assertThat(second.path("messages").findValuesAsText("text")).containsExactly("three");
    assertThat(second.path("has_more").asBoolean()).isFalse();
  }

  @Test
  void streamsUntilItIsStopped() throws Exception {
    String root = slack.say(SlackServer.TOM, HELP, "@sotto tell me");
    String ts = start(root).path("ts").asText();

    assertThat(append(ts, "**one** ")).isEmpty();
    assertThat(reply(root).streaming()).isTrue();
    assertThat(reply(root).text()).isEqualTo("begin **one** ");
    assertThat(status(root)).hasValue("is working…");
    assertThat(
            client
                .call("chat.update", "channel", SlackServer.IT_HELP, "ts", ts, "text", "no")
                .path("error")
                .asText())
        .isEqualTo("streaming_state_conflict");

    JsonNode stopped =
        client.call(
            "chat.stopStream",
            "channel",
            SlackServer.IT_HELP,
            "ts",
            ts,
            "markdown_text",
            "two",
            "blocks",
            "[{\"type\":\"actions\",\"elements\":[" + button("more", "More") + "]}]");

    assertThat(stopped.path("ok").asBoolean()).isTrue();
    assertThat(reply(root).streaming()).isFalse();
    assertThat(reply(root).text()).isEqualTo("begin **one** two");
    assertThat(reply(root).buttons()).containsExactly(new View.Button("more", "More", true));
    assertThat(status(root)).isEmpty();
    assertThat(append(ts, "three")).isEqualTo("message_not_in_streaming_state");
  }

  @Test
  void endsAStreamThatLivesTooLong() throws Exception {
    String root = slack.say(SlackServer.TOM, HELP, "@sotto tell me");
    String ts = start(root).path("ts").asText();

    await().until(() -> !reply(root).streaming());

    assertThat(append(ts, "late")).isEqualTo("message_not_in_streaming_state");
    assertThat(reply(root).text()).isEqualTo("begin ");
  }

  @Test
  void wantsToKnowForWhomAStreamIs() throws Exception {
    String root = slack.say(SlackServer.TOM, HELP, "@sotto tell me");

    JsonNode answer =
        client.call("chat.startStream", "channel", SlackServer.IT_HELP, "thread_ts", root);

    assertThat(answer.path("error").asText()).isEqualTo("missing_recipient_team_id");
  }

  @Test
  void showsAnEphemeralMessageToOnePersonAlone() throws Exception {
    client.call(
        "chat.postEphemeral",
        "channel",
        SlackServer.GENERAL,
        "user",
        SlackServer.TOM,
        "text",
        "psst");

    assertThat(only(SlackServer.GENERAL).ephemeral()).isTrue();
    assertThat(slack.view(SlackServer.PRIYA).channel(SlackServer.GENERAL).bubbles()).isEmpty();
    assertThat(history("limit", "5").path("messages")).isEmpty();
  }

  @Test
  void hidesDirectMessagesFromOthers() throws Exception {
    String channel =
        client.call("conversations.open", "users", SlackServer.TOM).at("/channel/id").asText();
    post(channel, "between us");

    assertThat(slack.view(SlackServer.TOM).channel(channel).bubbles()).hasSize(1);
    assertThat(slack.view(SlackServer.PRIYA).channels())
        .extracting(View.Channel::id)
        .doesNotContain(channel);
  }

  @Test
  void showsStatusTitleAndPrompts() throws Exception {
    String direct = slack.direct(SlackServer.TOM);
    String root = slack.say(SlackServer.TOM, Place.in(direct), "hello");
    client.call(
        "assistant.threads.setStatus",
        "channel_id",
        direct,
        "thread_ts",
        root,
        "status",
        "is thinking…");
    client.call(
        "assistant.threads.setTitle",
        "channel_id",
        direct,
        "thread_ts",
        root,
        "title",
        "Greetings");
    client.call(
        "assistant.threads.setSuggestedPrompts",
        "channel_id",
        direct,
        "prompts",
        "[{\"title\":\"Quiz\",\"message\":\"Ask me\"}]");
    slack.say(SlackServer.TOM, Place.in(direct, root), "again");

    View.Channel shown = slack.view(SlackServer.TOM).channel(direct);
    assertThat(shown.thread(root).orElseThrow().status()).hasValue("is thinking…");
    assertThat(shown.thread(root).orElseThrow().title()).hasValue("Greetings");
    assertThat(shown.prompts()).containsExactly(new View.Prompt("Quiz", "Ask me"));

    client.call("chat.postMessage", "channel", direct, "thread_ts", root, "text", "done");
    assertThat(slack.view(SlackServer.TOM).channel(direct).thread(root).orElseThrow().status())
        .isEmpty();
  }

  @Test
  void ignoresPromptsForAThreadAndSaysOk() throws Exception {
    String direct = slack.direct(SlackServer.TOM);
    String root = slack.say(SlackServer.TOM, Place.in(direct), "hello");

    JsonNode answer =
        client.call(
            "assistant.threads.setSuggestedPrompts",
            "channel_id",
            direct,
            "thread_ts",
            root,
            "prompts",
            "[{\"title\":\"Quiz\",\"message\":\"Ask me\"}]");

    assertThat(answer.path("ok").asBoolean()).isTrue();
    assertThat(slack.view(SlackServer.TOM).channel(direct).prompts()).isEmpty();
  }

  @Test
  void givesFilesToTheBotAlone() throws Exception {
    byte[] content = "quarterly figures".getBytes(StandardCharsets.UTF_8);
    slack.upload(SlackServer.TOM, HELP, "look", new Upload("figures.txt", "text/plain", content));
    JsonNode file =
        client
            .call("conversations.history", "channel", SlackServer.IT_HELP)
            .at("/messages/0/files/0");
    HttpRequest.Builder download =
        HttpRequest.newBuilder(URI.create(file.path("url_private_download").asText()));

    HttpResponse<String> stranger = client.http().send(download.build(), BodyHandlers.ofString());
    HttpResponse<String> bot =
        client
            .http()
            .send(
                download.header("Authorization", "Bearer " + slack.botToken()).build(),
                BodyHandlers.ofString());

    assertThat(stranger.statusCode()).isEqualTo(302);
    assertThat(bot.body()).isEqualTo("quarterly figures");
    assertThat(bot.headers().firstValue("Content-Type")).hasValue("text/plain");
  }

  @Test
  void takesAFileFromTheBot() throws Exception {
    JsonNode place =
        client.call("files.getUploadURLExternal", "filename", "export.json", "length", "2");
    String id = place.path("file_id").asText();
    client
        .http()
        .send(
            HttpRequest.newBuilder(URI.create(place.path("upload_url").asText()))
                .POST(BodyPublishers.ofString("{}"))
                .build(),
            BodyHandlers.discarding());
    client.call(
        "files.completeUploadExternal",
        "files",
        "[{\"id\":\"" + id + "\",\"title\":\"Export\"}]",
        "channel_id",
        SlackServer.GENERAL,
        "initial_comment",
        "your data");

    assertThat(only(SlackServer.GENERAL).text()).isEqualTo("your data");
    assertThat(only(SlackServer.GENERAL).files())
        .containsExactly(new View.File(id, "export.json", "application/octet-stream", 2));
  }

  @Test
  void countsReactions() throws Exception {
    String ts = post(SlackServer.GENERAL, "nice").path("ts").asText();
    String[] fields = {"channel", SlackServer.GENERAL, "timestamp", ts, "name", "eyes"};
    client.call("reactions.add", fields);
    slack.react(SlackServer.TOM, ts, "eyes");

    assertThat(only(SlackServer.GENERAL).reactions())
        .containsExactly(new View.Reaction("eyes", 2, true));
    assertThat(client.call("reactions.add", fields).path("error").asText())
        .isEqualTo("already_reacted");
    client.call("reactions.remove", fields);
    assertThat(only(SlackServer.GENERAL).reactions())
        .containsExactly(new View.Reaction("eyes", 1, true));
  }

  private static String error(HttpResponse<String> answer) throws Exception {
    return SlackClient.json(answer).path("error").asText();
  }

  private JsonNode post(String channel, String text) throws Exception {
    return client.call("chat.postMessage", "channel", channel, "text", text);
  }

  private String update(String ts, String field, String value) throws Exception {
    return client
        .call("chat.update", "channel", SlackServer.GENERAL, "ts", ts, field, value)
        .path("error")
        .asText();
  }

  private JsonNode history(String field, String value) throws Exception {
    return client.call("conversations.history", "channel", SlackServer.GENERAL, field, value);
  }

  private JsonNode start(String root) throws Exception {
    return client.call(
        "chat.startStream",
        "channel",
        SlackServer.IT_HELP,
        "thread_ts",
        root,
        "recipient_team_id",
        slack.team(),
        "recipient_user_id",
        SlackServer.TOM,
        "markdown_text",
        "begin ");
  }

  private String append(String ts, String text) throws Exception {
    return client
        .call("chat.appendStream", "channel", SlackServer.IT_HELP, "ts", ts, "markdown_text", text)
        .path("error")
        .asText();
  }

  private static String button(String action, String label) {
    return "{\"type\":\"button\",\"action_id\":\"%s\",\"value\":\"v\",\"text\":{\"type\":\"plain_text\",\"text\":\"%s\"}}"
        .formatted(action, label);
  }

  private View.Bubble reply(String root) {
    return slack.view(SlackServer.TOM).bubbles(Place.in(SlackServer.IT_HELP, root)).getFirst();
  }

  private Optional<String> status(String root) {
    return slack
        .view(SlackServer.TOM)
        .channel(SlackServer.IT_HELP)
        .thread(root)
        .orElseThrow()
        .status();
  }

  private View.Bubble only(String channel) {
    List<View.Bubble> bubbles = slack.view(SlackServer.TOM).channel(channel).bubbles();
    assertThat(bubbles).hasSize(1);
    return bubbles.getFirst();
  }
}
