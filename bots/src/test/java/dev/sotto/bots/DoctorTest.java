package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.discord.Rules;
import dev.sotto.sandbox.slack.SlackServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir private Path folder;
  private final SlackServer slack = new SlackServer();
  private DiscordServer discord = new DiscordServer();
  private Sandbox sandbox = Sandbox.start(0, slack, discord);

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void findsNothingWrongWithTheSandbox() throws IOException {
    Seen seen = examine(Map.of(), false);

    assertThat(seen.status()).isZero();
    assertThat(seen.text().lines()).allMatch(it -> it.startsWith("ok "));
    assertThat(seen.text())
        .contains("datasources.default", "datasources.keys", "H2, embedded")
        .contains("root-key", "assistants", "TLSv1.3", "all 12 scopes of the manifest")
        .contains("slack.app-token", "discord.message-content", "discord.gateway")
        .doesNotContain(slack.botToken(), slack.appToken(), discord.botToken());
  }

  @Test
  void writesTheSameAsOneJsonDocument() throws IOException {
    Seen seen = examine(Map.of(), true);

    JsonNode document = new JsonMapper().readTree(seen.text());
    assertThat(seen.status()).isZero();
    assertThat(document.path("ok").asBoolean()).isTrue();
    assertThat(checks(document))
        .contains(
            "installation",
            "datasources.default",
            "datasources.keys",
            "root-key",
            "assistants",
            "sotto.slack.api-url",
            "slack.scopes",
            "discord.message-content");
    assertThat(document.path("findings"))
        .allMatch(it -> it.path("ok").asBoolean() && !it.path("line").asText().isBlank());
  }

  @Test
  void namesEachMissingScopeAndItsMend() throws IOException {
    slack.withdraw("channels:history");
    slack.withdraw("im:write");

    Seen seen = examine(Map.of(), true);

    assertThat(seen.status()).isEqualTo(1);
    assertThat(faults(seen))
        .hasSize(2)
        .allMatch(it -> it.startsWith("slack.scopes") && it.contains("install the app again"))
        .anyMatch(it -> it.contains("channels:history"))
        .anyMatch(it -> it.contains("im:write"));
  }

  @Test
  void namesTheMissingIntentAndItsMend() throws IOException {
    sandbox.close();
    discord = new DiscordServer(Rules.real().withoutMessageContent());
    sandbox = Sandbox.start(0, slack, discord);

    Seen seen = examine(Map.of(), true);

    assertThat(seen.status()).isEqualTo(1);
    assertThat(faults(seen))
        .singleElement()
        .asString()
        .contains("discord.message-content", "Developer Portal");
  }

  @Test
  void namesTokensThatAreNotTaken() throws IOException {
    slack.revoke();

    Seen seen = examine(Map.of("sotto.discord.token", "wrong"), true);

    assertThat(seen.status()).isEqualTo(1);
    assertThat(faults(seen))
        .anyMatch(it -> it.contains("SLACK_BOT_TOKEN"))
        .anyMatch(it -> it.contains("SLACK_APP_TOKEN"))
        .anyMatch(it -> it.contains("DISCORD_TOKEN"));
  }

  @Test
  void namesHopsThatNobodyVouchesFor() throws IOException {
    Seen seen = examine(Map.of("sotto.trusted-certificates", ""), true);

    assertThat(seen.status()).isEqualTo(1);
    assertThat(faults(seen))
        .anyMatch(it -> it.startsWith("sotto.slack.api-url") && it.contains("TLS"))
        .anyMatch(it -> it.startsWith("slack.bot-token"))
        .anyMatch(it -> it.startsWith("discord.gateway") && it.contains("TLS"));
  }

  @Test
  void isADocumentAlsoWhenNothingOpens() throws IOException {
    Seen seen = examine(Map.of("datasources.default.url", "jdbc:mysql://db"), true);

    assertThat(seen.status()).isEqualTo(1);
    assertThat(faults(seen)).singleElement().asString().contains("datasources.default.url");
  }

  private record Seen(int status, String text) {}

  private Seen examine(Map<String, Object> further, boolean json) throws IOException {
    Map<String, Object> settings =
        new HashMap<>(SandboxCommand.settings(sandbox, slack, discord, folder.resolve("data")));
    settings.put("sotto.root-key", "file:" + folder.resolve("keys/root.key"));
    settings.put(
        "sotto.assistants-directory", Installation.HOME.resolve("bots/assistants").toString());
    settings.putAll(further);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        DoctorCommand.examine(settings, json, new PrintStream(out, true, StandardCharsets.UTF_8));
    return new Seen(status, out.toString(StandardCharsets.UTF_8));
  }

  private static List<String> faults(Seen seen) throws IOException {
    return StreamSupport.stream(
            new JsonMapper().readTree(seen.text()).path("findings").spliterator(), false)
        .filter(it -> !it.path("ok").asBoolean())
        .map(it -> it.path("check").asText() + ": " + it.path("line").asText())
        .toList();
  }

  private static List<String> checks(JsonNode document) {
    return document.path("findings").findValuesAsText("check");
  }
}
