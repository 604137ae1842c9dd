package dev.sotto.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatMethodsTest {
  private static final Place HELP = Place.in(SlackServer.IT_HELP);

  private final SlackServer slack = new SlackServer();
  private final Sandbox sandbox = Sandbox.start(0, slack);
  private final SlackClient client = new SlackClient(sandbox, slack);

  @AfterEach
  void stop() {
    sandbox.close();
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
    assertThat(
            client.call("conversations.history", "channel", SlackServer.GENERAL).path("messages"))
        .isEmpty();
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

  private JsonNode post(String channel, String text) throws Exception {
    return client.call("chat.postMessage", "channel", channel, "text", text);
  }

  private String update(String ts, String field, String value) throws Exception {
    return client
        .call("chat.update", "channel", SlackServer.GENERAL, "ts", ts, field, value)
        .path("error")
        .asText();
  }

  private View.Bubble only(String channel) {
    List<View.Bubble> bubbles = slack.view(SlackServer.TOM).channel(channel).bubbles();
    assertThat(bubbles).hasSize(1);
    return bubbles.getFirst();
  }
}
