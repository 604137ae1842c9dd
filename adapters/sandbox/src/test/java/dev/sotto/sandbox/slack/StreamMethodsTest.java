package dev.sotto.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamMethodsTest {
  private static final Place HELP = Place.in(SlackServer.IT_HELP);

  private final SlackServer slack =
      new SlackServer(SlackTiming.real().withStreamLife(Duration.ofSeconds(3)));
  private final Sandbox sandbox = Sandbox.start(0, slack);
  private final SlackClient client = new SlackClient(sandbox, slack);

  @AfterEach
  void stop() {
    sandbox.close();
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
}
