package dev.sotto.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AssistantMethodsTest {
  private final SlackServer slack = new SlackServer();
  private final Sandbox sandbox = Sandbox.start(0, slack);
  private final SlackClient client = new SlackClient(sandbox, slack);

  @AfterEach
  void stop() {
    sandbox.close();
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
}
