package dev.sotto.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileMethodsTest {
  private static final Place HELP = Place.in(SlackServer.IT_HELP);

  private final SlackServer slack = new SlackServer();
  private final Sandbox sandbox = Sandbox.start(0, slack);
  private final SlackClient client = new SlackClient(sandbox, slack);

  @AfterEach
  void stop() {
    sandbox.close();
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

    View.Bubble shown =
        slack.view(SlackServer.TOM).channel(SlackServer.GENERAL).bubbles().getFirst();
    assertThat(shown.text()).isEqualTo("your data");
    assertThat(shown.files())
        .containsExactly(new View.File(id, "export.json", "application/octet-stream", 2));
  }
}
