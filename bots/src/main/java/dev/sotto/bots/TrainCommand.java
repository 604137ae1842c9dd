package dev.sotto.bots;

import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View;
import dev.sotto.sandbox.slack.SlackServer;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code train}: one short conversation on both platforms, in a folder that is thrown away, so that
 * the JDK can write down what a start needs (JEP 483, JEP 515). Part of the build.
 */
@Command(name = "train", hidden = true, description = "Teach the JDK a fast start; for the build.")
final class TrainCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Installation.HOME.resolve("bots/target"), "train");
    SlackServer slack = new SlackServer();
    DiscordServer discord = new DiscordServer();
    try (Sandbox sandbox = Sandbox.start(0, slack, discord)) {
      Map<String, Object> settings =
          new HashMap<>(SandboxCommand.settings(sandbox, slack, discord, folder.resolve("data")));
      settings.put("sotto.root-key", "file:" + folder.resolve("root.key"));
      converse(settings, slack, discord);
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  private static void converse(
      Map<String, Object> settings, SlackServer slack, DiscordServer discord)
      throws InterruptedException {
    try (ApplicationContext context = Installation.open(settings)) {
      Bots bots = context.getBean(Bots.class);
      bots.start(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
      ask(slack, "<@" + slack.bot() + "> ");
      ask(discord, discord.mention() + " ");
      bots.stop();
    }
  }

  /** Asks in a channel and waits for the answer to stand there. */
  private static void ask(Side side, String mention) throws InterruptedException {
    String person = side.people().getFirst().id();
    String channel = side.channel("general");
    side.say(person, Place.in(channel), mention + "How do I reset my password?");
    if (!side.await(
        () -> side.view(person).channel(channel).all().anyMatch(TrainCommand::isAnswer),
        PATIENCE)) {
      throw new IllegalStateException("no answer on " + side.name() + " in the training run");
    }
  }

  private static boolean isAnswer(View.Bubble bubble) {
    return bubble.author().bot() && !bubble.streaming() && bubble.text().contains("handbook");
  }
}
