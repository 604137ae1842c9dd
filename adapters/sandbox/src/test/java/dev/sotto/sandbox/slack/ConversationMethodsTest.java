package dev.sotto.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConversationMethodsTest {
  private static final Place HELP = Place.in(SlackServer.IT_HELP);

  private final SlackServer slack = new SlackServer();
  private final Sandbox sandbox = Sandbox.start(0, slack);
  private final SlackClient client = new SlackClient(sandbox, slack);

  @AfterEach
  void stop() {
    sandbox.close();
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
  void keepsThePlaceOfAPageWhileMoreIsSaid() throws Exception {
    List.of("one", "two", "three").forEach(text -> slack.say(SlackServer.TOM, HELP, text));
    JsonNode first = help("limit", "2");
    slack.say(SlackServer.TOM, HELP, "four");

    JsonNode second =
        help("limit", "2", "cursor", first.at("/response_metadata/next_cursor").asText());

    assertThat(first.path("messages").findValuesAsText("text")).containsExactly("three", "two");
    assertThat(second.path("messages").findValuesAsText("text")).containsExactly("one");
    assertThat(help("cursor", "!").path("error").asText()).isEqualTo("invalid_cursor");
  }

  @Test
  void showsWhatIsNewerThanTheOldestAndOfAThreadItsRootToo() throws Exception {
    String root = slack.say(SlackServer.TOM, HELP, "one");
    Place thread = Place.in(SlackServer.IT_HELP, root);
    String two = slack.say(SlackServer.TOM, thread, "two");
    String three = slack.say(SlackServer.TOM, thread, "three");

    JsonNode replies =
        client.call(
            "conversations.replies", "channel", SlackServer.IT_HELP, "ts", root, "oldest", two);

    assertThat(replies.path("messages").findValuesAsText("text")).containsExactly("one", "three");
    assertThat(help("oldest", root).path("messages")).isEmpty();
    assertThat(help().at("/messages/0/latest_reply").asText()).isEqualTo(three);
  }

  @Test
  void showsWhatWasRewrittenAndWhatIsLeftOfADeletedRoot() throws Exception {
    String root = slack.say(SlackServer.TOM, HELP, "one");
    String reply = slack.say(SlackServer.TOM, Place.in(SlackServer.IT_HELP, root), "two");
    slack.edit(SlackServer.TOM, reply, "three");
    slack.delete(SlackServer.TOM, root);

    JsonNode messages =
        client
            .call("conversations.replies", "channel", SlackServer.IT_HELP, "ts", root)
            .path("messages");

    assertThat(messages.at("/0/subtype").asText()).isEqualTo("tombstone");
    assertThat(messages.at("/0/user").asText()).isEqualTo("USLACKBOT");
    assertThat(messages.at("/1/text").asText()).isEqualTo("three");
    assertThat(messages.at("/1/edited/user").asText()).isEqualTo(SlackServer.TOM);
    assertThat(messages.at("/1/edited/ts").asText())
        .endsWith(".000000")
        .isGreaterThanOrEqualTo(reply.replaceFirst("\\..*", ".000000"));
  }

  @Test
  void hidesDirectMessagesFromOthers() throws Exception {
    String channel =
        client.call("conversations.open", "users", SlackServer.TOM).at("/channel/id").asText();
    client.call("chat.postMessage", "channel", channel, "text", "between us");

    assertThat(slack.view(SlackServer.TOM).channel(channel).bubbles()).hasSize(1);
    assertThat(slack.view(SlackServer.PRIYA).channels())
        .extracting(View.Channel::id)
        .doesNotContain(channel);
  }

  private JsonNode help(String... fields) throws Exception {
    String[] all =
        Stream.concat(Stream.of("channel", SlackServer.IT_HELP), Stream.of(fields))
            .toArray(String[]::new);
    return client.call("conversations.history", all);
  }

  private JsonNode history(String field, String value) throws Exception {
    return client.call("conversations.history", "channel", SlackServer.GENERAL, field, value);
  }
}
