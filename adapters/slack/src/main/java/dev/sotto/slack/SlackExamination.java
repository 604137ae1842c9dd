package dev.sotto.slack;

import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.FormBody;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Asks Slack what both tokens are good for, and compares that with the app's manifest. */
final class SlackExamination {
  private static final String SCOPES = "slack.scopes";
  private static final String BOT_TOKEN = "slack.bot-token";
  private static final String APP_TOKEN = "slack.app-token";
  private static final List<String> IN_MANIFEST = List.of("oauth_config", "scopes", "bot");

  private final SlackApi bot;
  private final SlackApi app;

  SlackExamination(SlackApi bot, SlackApi app) {
    this.bot = bot;
    this.app = app;
  }

  List<Finding> of(Path manifest) {
    Stream<Finding> ofBot =
        asked(
            BOT_TOKEN,
            "SLACK_BOT_TOKEN",
            () -> {
              String granted = bot.ask("auth.test", new FormBody.Builder()).scopes();
              Finding taken = Finding.well(BOT_TOKEN, "Slack takes the bot token");
              return Stream.concat(Stream.of(taken), scopes(manifest, granted).stream());
            });
    Stream<Finding> ofApp =
        asked(
            APP_TOKEN,
            "SLACK_APP_TOKEN",
            () -> {
              app.call("apps.connections.open", new FormBody.Builder());
              return Stream.of(Finding.well(APP_TOKEN, "Slack takes the app-level token"));
            });
    return Stream.concat(ofBot, ofApp).toList();
  }

  private static Stream<Finding> asked(
      String check, String variable, Supplier<Stream<Finding>> question) {
    try {
      return question.get();
    } catch (SlackFailure e) {
      RuntimeException told = SlackMend.of(variable, e);
      boolean mendable = told instanceof ConnectionException;
      return Stream.of(
          Finding.fault(check, (mendable ? "" : "Slack did not do ") + told.getMessage()));
    }
  }

  private static List<Finding> scopes(Path manifest, String header) {
    if (header.isBlank()) {
      return List.of(Finding.well(SCOPES, "Slack does not tell the scopes of this token"));
    }
    List<String> granted = List.of(header.strip().split("\\s*,\\s*"));
    try {
      List<String> wanted = wanted(manifest);
      if (wanted.isEmpty()) {
        return List.of(unreadable(manifest));
      }
      List<Finding> missing =
          wanted.stream()
              .filter(it -> !granted.contains(it))
              .map(it -> Finding.fault(SCOPES, SlackMend.missing(it)))
              .toList();
      return missing.isEmpty()
          ? List.of(Finding.well(SCOPES, "all " + wanted.size() + " scopes of the manifest"))
          : missing;
    } catch (IOException | YamlEngineException e) {
      return List.of(unreadable(manifest));
    }
  }

  private static Finding unreadable(Path manifest) {
    return Finding.fault(
        SCOPES, manifest + " names no scopes of a bot: restore it from the repository");
  }

  private static List<String> wanted(Path manifest) throws IOException {
    Object found =
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(manifest));
    for (String key : IN_MANIFEST) {
      found = found instanceof Map<?, ?> map ? map.get(key) : Map.of();
    }
    return found instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
