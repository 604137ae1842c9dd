package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.chat.Finding;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackExaminationTest {
  private static final Path CONFIG = Path.of("..", "..", "config");

  @TempDir private Path folder;
  private final SlackWorld world = new SlackWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void comparesWithTheManifestThatTheOperatorKeeps() throws IOException {
    world.slack.withdraw("channels:history");
    String manifest = Files.readString(CONFIG.resolve("slack-manifest.yaml"));
    Files.writeString(
        folder.resolve("slack-manifest.yaml"), manifest.replace("      - channels:history\n", ""));

    assertThat(examined(CONFIG))
        .contains(Finding.fault("slack.scopes", SlackMend.missing("channels:history")));
    assertThat(examined(folder))
        .allMatch(Finding::well)
        .contains(Finding.well("slack.scopes", "all 11 scopes of the manifest"));
  }

  @Test
  void saysThatTheManifestIsMissingOrNone() throws IOException {
    assertThat(faults(examined(folder))).singleElement().asString().contains("restore it");

    for (String none : new String[] {"a: [", "a: b", "oauth_config: {scopes: {bot: []}}"}) {
      Files.writeString(folder.resolve("slack-manifest.yaml"), none);

      assertThat(faults(examined(folder))).singleElement().asString().contains("restore it");
    }
  }

  @Test
  void saysThatSlackCannotBeAsked() {
    world.sandbox.unplug();

    assertThat(faults(examined(CONFIG))).hasSize(2).allMatch(it -> it.contains("not reachable"));
  }

  @Test
  void sendsNoTokenToAnAddressWithoutTls() {
    URI plain = URI.create(world.slack.apiUrl().toString().replace("https:", "http:"));

    try (SlackConnection connection = world.connection(world.settings(plain), Clock.systemUTC())) {
      assertThat(faults(connection.examine(CONFIG)))
          .singleElement()
          .asString()
          .contains("SLACK_API_URL");
    }
  }

  private List<Finding> examined(Path config) {
    try (SlackConnection connection = world.connection(world.settings(), Clock.systemUTC())) {
      return connection.examine(config);
    }
  }

  private static List<String> faults(List<Finding> findings) {
    return findings.stream().filter(it -> !it.well()).map(Finding::line).toList();
  }
}
