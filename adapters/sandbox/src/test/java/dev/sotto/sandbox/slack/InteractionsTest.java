package dev.sotto.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import dev.sotto.sandbox.slack.SlackClient.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InteractionsTest {
  private static final Place GENERAL = Place.in(SlackServer.GENERAL);
  private static final String BUTTONS =
      """
      [{"type":"section","text":{"type":"mrkdwn","text":"Choose"}},
       {"type":"actions","block_id":"choices","elements":[
         {"type":"button","action_id":"a1","value":"yes","text":{"type":"plain_text","text":"Yes"}}]},
       {"type":"context_actions","elements":[
         {"type":"feedback_buttons","action_id":"fb",
          "positive_button":{"text":{"type":"plain_text","text":"Good"},"value":"good"},
          "negative_button":{"text":{"type":"plain_text","text":"Bad"},"value":"bad"}}]}]
      """;
  private static final String MODAL =
      """
      {"type":"modal","callback_id":"ask","title":{"type":"plain_text","text":"Order"},
       "submit":{"type":"plain_text","text":"Send"},"private_metadata":"m","blocks":[
        {"type":"input","block_id":"what","label":{"type":"plain_text","text":"What"},
         "element":{"type":"plain_text_input","action_id":"text","initial_value":"a chair"}},
        {"type":"input","block_id":"when","optional":true,
         "label":{"type":"plain_text","text":"When"},
         "element":{"type":"static_select","action_id":"pick","options":[
          {"text":{"type":"plain_text","text":"Today"},"value":"0"},
          {"text":{"type":"plain_text","text":"Tomorrow"},"value":"1"}]}}]}
      """;

  private final SlackServer slack = new SlackServer(SlackTiming.compressed());
  private final Sandbox sandbox = Sandbox.start(0, slack);
  private final SlackClient client = new SlackClient(sandbox, slack);

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void showsTheAnswerToACommandToOnePersonAlone() throws Exception {
    Socket socket = client.connect(false);

    slack.command(SlackServer.TOM, GENERAL, "/sotto assistant show @maria");
    JsonNode envelope = socket.first("slash_commands");
    socket.acknowledge(envelope, Json.object("text", "here you are"));

    assertThat(envelope.at("/payload/command").asText()).isEqualTo("/sotto");
    assertThat(envelope.at("/payload/text").asText())
        .isEqualTo("assistant show <@" + SlackServer.MARIA + ">");
    await().until(() -> bubbles().size() == 1);
    assertThat(bubbles().getFirst().text()).isEqualTo("here you are");
    assertThat(bubbles().getFirst().ephemeral()).isTrue();
    assertThat(slack.view(SlackServer.PRIYA).bubbles(GENERAL)).isEmpty();
  }

  @Test
  void takesFiveResponsesByTheResponseUrl() throws Exception {
    Socket socket = client.connect(true);
    slack.command(SlackServer.TOM, GENERAL, "/sotto help");
    String url = socket.first("slash_commands").at("/payload/response_url").asText();

    for (int i = 0; i < 5; i++) {
      assertThat(client.post(url, "{\"text\":\"line\"}").path("ok").asBoolean()).isTrue();
    }
    assertThat(client.post(url, "{\"text\":\"line\"}").path("error").asText())
        .isEqualTo("used_url");
    assertThat(bubbles()).hasSize(5);
  }

  @Test
  void saysWhenACommandIsNotAnswered() throws Exception {
    slack.command(SlackServer.TOM, GENERAL, "/sotto help");
    client.connect(false);
    slack.command(SlackServer.TOM, GENERAL, "/sotto help");

    await().until(() -> bubbles().size() == 2);
    assertThat(bubbles())
        .extracting(View.Bubble::text)
        .containsExactly(
            "/sotto failed with the error \"dispatch_failed\"",
            "/sotto failed with the error \"operation_timeout\"");
  }

  @Test
  void knowsNoCommandsInThreads() throws Exception {
    Socket socket = client.connect(true);
    String root = slack.say(SlackServer.TOM, GENERAL, "root");

    slack.command(SlackServer.TOM, Place.in(SlackServer.GENERAL, root), "/sotto help");

    assertThat(slack.view(SlackServer.TOM).bubbles(Place.in(SlackServer.GENERAL, root)))
        .extracting(View.Bubble::text)
        .containsExactly("/sotto is not supported in threads. Sorry!");
    assertThat(socket.all("slash_commands")).isEmpty();
  }

  @Test
  void tellsWhichButtonWasPressed() throws Exception {
    Socket socket = client.connect(true);
    String ts = post();
    assertThat(bubbles().getFirst().text()).isEqualTo("Choose");
    assertThat(bubbles().getFirst().buttons())
        .extracting(View.Button::action)
        .containsExactly("a1", "fb+", "fb-");

    slack.press(SlackServer.TOM, ts, "a1");
    slack.press(SlackServer.TOM, ts, "fb-");

    await().until(() -> socket.all("interactive").size() == 2);
    JsonNode pressed = socket.all("interactive").get(0).path("payload");
    assertThat(pressed.path("type").asText()).isEqualTo("block_actions");
    assertThat(pressed.at("/user/id").asText()).isEqualTo(SlackServer.TOM);
    assertThat(pressed.at("/container/message_ts").asText()).isEqualTo(ts);
    assertThat(pressed.path("actions")).hasSize(1);
    assertThat(pressed.at("/actions/0/value").asText()).isEqualTo("yes");
    assertThat(pressed.at("/actions/0/block_id").asText()).isEqualTo("choices");
    JsonNode feedback = socket.all("interactive").get(1).at("/payload/actions/0");
    assertThat(feedback.path("type").asText()).isEqualTo("feedback_buttons");
    assertThat(feedback.path("value").asText()).isEqualTo("bad");
  }

  @Test
  void replacesTheMessageWhoseButtonWasPressed() throws Exception {
    Socket socket = client.connect(true);
    slack.press(SlackServer.TOM, post(), "a1");
    String url = socket.first("interactive").at("/payload/response_url").asText();

    client.post(url, "{\"text\":\"Yes it is\",\"replace_original\":true}");

    assertThat(bubbles()).extracting(View.Bubble::text).containsExactly("Yes it is");
    client.post(url, "{\"delete_original\":true}");
    assertThat(bubbles()).isEmpty();
  }

  @Test
  void opensAModalAndSendsItOff() throws Exception {
    Socket socket = client.connect(false);
    slack.command(SlackServer.TOM, GENERAL, "/sotto form");
    String trigger = socket.first("slash_commands").at("/payload/trigger_id").asText();
    client.call("views.open", "trigger_id", trigger, "view", MODAL);

    View.Modal modal = slack.view(SlackServer.TOM).modal().orElseThrow();
    assertThat(modal.title()).isEqualTo("Order");
    assertThat(modal.fields())
        .containsExactly(
            new View.Field("what", "What", "a chair", false, true, List.of()),
            new View.Field("when", "When", "", false, false, List.of("Today", "Tomorrow")));
    assertThat(slack.view(SlackServer.PRIYA).modal()).isEmpty();

    slack.submit(SlackServer.TOM, modal.id(), Map.of("when", "Tomorrow"));
    JsonNode submission = socket.first("interactive");
    socket.acknowledge(submission, Json.object());

    JsonNode values = submission.at("/payload/view/state/values");
    assertThat(submission.at("/payload/view/callback_id").asText()).isEqualTo("ask");
    assertThat(values.at("/what/text/value").asText()).isEqualTo("a chair");
    assertThat(values.at("/when/pick/selected_option/value").asText()).isEqualTo("1");
    await().until(() -> slack.view(SlackServer.TOM).modal().isEmpty());
  }

  @Test
  void keepsAModalOpenThatTheAppDoesNotTake() throws Exception {
    Socket socket = client.connect(false);
    slack.command(SlackServer.TOM, GENERAL, "/sotto form");
    String trigger = socket.first("slash_commands").at("/payload/trigger_id").asText();
    String modal =
        client.call("views.open", "trigger_id", trigger, "view", MODAL).at("/view/id").asText();

    assertThatThrownBy(() -> slack.submit(SlackServer.TOM, modal, Map.of("what", "")))
        .hasMessage("a value is missing: What");
    slack.submit(SlackServer.TOM, modal, Map.of());
    socket.acknowledge(
        socket.first("interactive"),
        Json.object("response_action", "errors", "errors", Json.object("what", "no")));

    await().until(() -> slack.pending() == 0);
    assertThat(slack.view(SlackServer.TOM).modal()).isPresent();
    assertThat(
            client.call("views.open", "trigger_id", trigger, "view", MODAL).path("error").asText())
        .isEqualTo("invalid_trigger_id");
  }

  @Test
  void saysWhenAButtonHasNoEffect() throws Exception {
    String ts = post();

    slack.press(SlackServer.TOM, ts, "a1");

    await().atMost(Duration.ofSeconds(5)).until(() -> bubbles().size() == 2);
    assertThat(bubbles().getLast().text()).contains("not responding");
  }

  private String post() throws Exception {
    return client
        .call(
            "chat.postMessage", "channel", SlackServer.GENERAL, "text", "Choose", "blocks", BUTTONS)
        .path("ts")
        .asText();
  }

  private List<View.Bubble> bubbles() {
    return slack.view(SlackServer.TOM).bubbles(GENERAL);
  }
}
