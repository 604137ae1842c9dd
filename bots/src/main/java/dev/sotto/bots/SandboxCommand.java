package dev.sotto.bots;

import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View;
import dev.sotto.sandbox.slack.SlackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      Path data = Path.of(System.getenv().getOrDefault("SOTTO_DATA_DIRECTORY", "data"));
      return RunCommand.stay(
          settings(sandbox, slack, discord, Installation.HOME.resolve(data).resolve("sandbox")));
    }
  }

  /** What the same program needs to know to connect to the sandbox instead of the real thing. */
  static Map<String, Object> settings(
      Sandbox sandbox, SlackServer slack, DiscordServer discord, Path data) throws IOException {
    Path authority = Files.createDirectories(data).resolve("authority.pem");
    Files.writeString(authority, sandbox.certificateAuthority());
    return Map.of(
        "sotto.data-directory", data.toString(),
        "sotto.trusted-certificates", authority.toString(),
        "sotto.access.admins", Stream.of(slack, discord).flatMap(SandboxCommand::admins).toList(),
        "sotto.slack.bot-token", slack.botToken(),
        "sotto.slack.app-token", slack.appToken(),
        "sotto.slack.api-url", slack.apiUrl().toString(),
        "sotto.discord.token", discord.botToken(),
        "sotto.discord.api-url", discord.apiUrl());
  }

  private static Stream<String> admins(Side side) {
    return side.people().stream().filter(View.Person::admin).map(it -> side.name() + ":" + it.id());
  }
}
