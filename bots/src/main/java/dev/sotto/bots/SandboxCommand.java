package dev.sotto.bots;

import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.page.Disk;
import dev.sotto.sandbox.page.Page;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View;
import dev.sotto.sandbox.slack.SlackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
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
    AtomicReference<Disk> disk = new AtomicReference<>(_ -> List.of());
    Page page = new Page(new SecureRandom(), Optional.of(most -> disk.get().tables(most)));
    try (Sandbox sandbox = Sandbox.start(port, page, slack, discord)) {
      Path data = Path.of(System.getenv().getOrDefault("SOTTO_DATA_DIRECTORY", "data"));
      Path own = Installation.HOME.resolve(data).resolve("sandbox");
      return RunCommand.stay(
          settings(sandbox, slack, discord, own),
          context -> {
            disk.set(new DiskRows(context));
            System.out.println("sotto: open " + page.address(sandbox.url()));
            System.out.println("sotto: your browser will warn of a certificate made for this run");
          });
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
        "sotto.discord.api-url", discord.apiUrl().toString());
  }

  private static Stream<String> admins(Side side) {
    return side.people().stream().filter(View.Person::admin).map(it -> side.name() + ":" + it.id());
  }
}
