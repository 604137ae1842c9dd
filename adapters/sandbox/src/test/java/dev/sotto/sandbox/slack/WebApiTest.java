package dev.sotto.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebApiTest {
  private final SlackServer slack = new SlackServer();
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

    JsonNode answer =
        client.call("chat.postMessage", "channel", SlackServer.GENERAL, "text", "hello");

    assertThat(answer.path("error").asText()).isEqualTo("not_in_channel");
  }

  private static String error(HttpResponse<String> answer) throws Exception {
    return SlackClient.json(answer).path("error").asText();
  }
}
