package dev.sotto.bots;

import dev.sotto.FaultProxy;
import dev.sotto.model.Dialect;
import dev.sotto.model.ModelServer;
import dev.sotto.model.PrivateAuthority;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.slack.SlackServer;
import dev.sotto.sandbox.slack.SlackTiming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that Sotto talks to, on loopback and over TLS: Slack, Discord and a language model. It
 * goes on when a program that is connected to it ends.
 */
final class World implements AutoCloseable {
  /** The key with which the model is asked. */
  static final String MODEL_KEY = "sk-brackenfold-20417";

  /** Answers wherever no other does, and knows a person again everywhere. */
  private static final String FRIEND =
      """
      id: friend
      name: Friend
      model: openai/test
      instructions: Answer in one sentence, and never in two.
      memory: {scope: person}
      """;

  /** Answers in one channel of each platform, and remembers one thread at a time. */
  private static final String DESK =
      """
      id: desk
      name: Desk
      model: openai/test
      instructions: Say where the paper clips are.
      memory: {scope: thread}
      bindings: [{slack: "#it-help"}, {discord: help}]
      """;

  /** Slack's own, but that its retries can be waited for. */
  private static final SlackTiming PATIENT =
      new SlackTiming(
          Duration.ofSeconds(1),
          List.of(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(10)),
          Duration.ofSeconds(306),
          Duration.ofSeconds(3));

  private final SlackServer slack = new SlackServer(PATIENT);
  private final DiscordServer discord;
  private final Sandbox sandbox;
  private final ModelServer model;
  private final Path folder;
  private final Path authorities;

  World(Path folder) throws IOException {
    this(folder, new DiscordServer(), Optional.empty());
  }

  World(Path folder, DiscordServer discord) throws IOException {
    this(folder, discord, Optional.empty());
  }

  /** With Slack and Discord behind a hop that fails. */
  World(Path folder, FaultProxy platforms) throws IOException {
    this(folder, new DiscordServer(), Optional.of(platforms));
    platforms.to(sandbox.port());
  }

  private World(Path folder, DiscordServer discord, Optional<FaultProxy> platforms)
      throws IOException {
    this.folder = folder;
    this.discord = discord;
    sandbox =
        platforms
            .map(it -> Sandbox.behind(it.port(), slack, discord))
            .orElseGet(() -> Sandbox.start(0, slack, discord));
    PrivateAuthority authority = new PrivateAuthority();
    try {
      model = ModelServer.start(authority);
      Path ofModel = authority.pem(folder);
      authorities = folder.resolve("authorities.pem");
      Files.writeString(authorities, sandbox.certificateAuthority() + Files.readString(ofModel));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    Path assistants = Files.createDirectories(folder.resolve("assistants"));
    Files.writeString(assistants.resolve("friend.yaml"), FRIEND);
    Files.writeString(assistants.resolve("desk.yaml"), DESK);
  }

  SlackServer slack() {
    return slack;
  }

  DiscordServer discord() {
    return discord;
  }

  ModelServer model() {
    return model;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  Side side(String name) {
    return sandbox.sides().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  /** A text that calls the bot in a channel. */
  String mention(Side side) {
    return side == discord ? discord.mention() : "@sotto";
  }

  /** The channel in which the desk answers. */
  String deskOf(Side side) {
    return side.channel(side == discord ? "help" : "it-help");
  }

  /** What a program in this process needs to ask the model here. */
  Map<String, Object> modelSettings() {
    return Map.of(
        "sotto.trusted-certificates",
        authorities.toString(),
        "sotto.assistants-directory",
        folder.resolve("assistants").toString(),
        "sotto.default-assistant",
        "friend",
        "sotto.models.openai.base-url",
        model.url() + Dialect.OPENAI.basePath(),
        "sotto.models.openai.api-key",
        MODEL_KEY);
  }

  /** What an operator sets to connect to all of it. */
  Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("SLACK_BOT_TOKEN", slack.botToken()),
        Map.entry("SLACK_APP_TOKEN", slack.appToken()),
        Map.entry("SLACK_API_URL", slack.apiUrl().toString()),
        Map.entry("DISCORD_TOKEN", discord.botToken()),
        Map.entry("DISCORD_API_URL", discord.apiUrl().toString()),
        Map.entry("OPENAI_API_KEY", MODEL_KEY),
        Map.entry("OPENAI_BASE_URL", model.url() + Dialect.OPENAI.basePath()),
        Map.entry("SOTTO_TRUSTED_CERTIFICATES", authorities.toString()),
        Map.entry("SOTTO_ASSISTANTS_DIRECTORY", folder.resolve("assistants").toString()),
        Map.entry("SOTTO_DEFAULT_ASSISTANT", "friend"));
  }

  /** Looks into all that the programs have written before it goes. */
  @Override
  public void close() {
    try (model;
        sandbox) {
      Dialogue.isUnreadIn(folder);
    }
  }
}
