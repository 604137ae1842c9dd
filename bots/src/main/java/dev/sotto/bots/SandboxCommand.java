package dev.sotto.bots;

import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.slack.SlackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sandbox}: a local Slack workspace and Discord server, and Sotto connected to them. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description =
        "Try Sotto in a local workspace: no account, no key, nothing leaves this machine.")
final class SandboxCommand implements Callable<Integer> {
  @Option(names = "--port", defaultValue = "8443", description = "Of the page; 0 takes a free one.")
  private int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SlackServer slack = new SlackServer();
    DiscordServer discord = new DiscordServer();
    try (Sandbox sandbox = Sandbox.start(port, slack, discord)) {
      System.out.println("sotto: the sandbox is at " + sandbox.url());
      return RunCommand.stay(settings(sandbox, slack, discord));
    }
  }

  /** What the same program needs to know to connect to the sandbox instead of the real thing. */
  static Map<String, Object> settings(Sandbox sandbox, SlackServer slack, DiscordServer discord)
      throws IOException {
    Path data =
        Installation.HOME.resolve(System.getenv().getOrDefault("SOTTO_DATA_DIRECTORY", "data"));
    Path authority = data.resolve("sandbox").resolve("authority.pem");
    Files.createDirectories(authority.getParent());
    Files.writeString(authority, sandbox.certificateAuthority());
    Map<String, Object> settings = new HashMap<>();
    settings.put("sotto.data-directory", authority.getParent().toString());
    settings.put("sotto.trusted-certificates", authority.toString());
    settings.put("sotto.slack.bot-token", slack.botToken());
    settings.put("sotto.slack.app-token", slack.appToken());
    settings.put("sotto.slack.api-url", slack.apiUrl().toString());
    settings.put("sotto.discord.token", discord.botToken());
    settings.put("sotto.discord.api-url", discord.apiUrl().toString());
    settings.put("sotto.access.admins", List.of());
    return settings;
  }
}
