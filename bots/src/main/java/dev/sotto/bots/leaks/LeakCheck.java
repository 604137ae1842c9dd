package dev.sotto.bots.leaks;

import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.slack.SlackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Proves on this machine that nothing said is written in clear: says unmistakable words to a copy
 * of the program through both protocols, kills it, crashes it, stops it, and looks at every byte it
 * left. Nothing leaves the machine; only the demo model answers.
 */
public final class LeakCheck {
  private final Path home;
  private final String main;
  private final Consumer<String> progress;

  /**
   * @param home of the program
   * @param main its main class
   * @param progress told what is being done, a line each
   */
  public LeakCheck(Path home, String main, Consumer<String> progress) {
    this.home = home;
    this.main = main;
    this.progress = progress;
  }

  /**
   * Runs the copy in an empty folder, which the caller deletes, and looks at what it wrote.
   *
   * @throws IllegalStateException the copy does not start or does not answer
   */
  public LeakReport run(Path folder) throws IOException, InterruptedException {
    Path written = Files.createDirectories(folder.resolve("written"));
    Canaries canaries = new Canaries();
    Set<Scan.Find> finds = new LinkedHashSet<>();
    SlackServer slack = new SlackServer();
    DiscordServer discord = new DiscordServer();
    try (Sandbox sandbox = Sandbox.start(0, slack, discord)) {
      Path operator = Files.createDirectories(folder.resolve("operator"));
      operate(operator, sandbox, canaries);
      var environment = environment(folder, slack, discord, canaries);
      finds.addAll(
          use(new Copy.Plan(home, written, operator, environment, main), sandbox, canaries));
    }
    progress.accept("looking at every byte it wrote");
    finds.addAll(new Scan(canaries.words()).in(written));
    return report(List.of(written), finds, canaries, Control.plant(folder.resolve("control")));
  }

  /**
   * Looks for words of the operator's own in folders.
   *
   * @param temporary an empty folder for the control, which the caller deletes
   */
  public static LeakReport look(Collection<String> words, List<Path> folders, Path temporary)
      throws IOException {
    Canaries canaries = new Canaries();
    words.forEach(it -> canaries.tell("word " + (canaries.words().size() + 1), it));
    Scan scan = new Scan(canaries.words());
    Set<Scan.Find> finds = new LinkedHashSet<>();
    for (Path folder : folders) {
      finds.addAll(scan.in(folder));
    }
    return report(folders, finds, canaries, Control.plant(temporary.resolve("control")));
  }

  /** Three lives: talked to and killed, asked again and crashed, started and stopped. */
  private Set<Scan.Find> use(Copy.Plan plan, Sandbox sandbox, Canaries canaries)
      throws IOException, InterruptedException {
    List<Conversation> conversations =
        sandbox.sides().stream().map(it -> new Conversation(it, canaries)).toList();
    Set<Scan.Find> finds;
    progress.accept("a copy of the program starts; every library logs all it can");
    try (Copy copy = Copy.start(plan)) {
      for (Conversation conversation : conversations) {
        conversation.everywhere();
      }
      progress.accept("words were said on both platforms; looking while it runs");
      finds = new Scan(canaries.words()).in(plan.written());
      copy.kill();
    }
    progress.accept("killed; started again, it must still know what was said");
    try (Copy copy = Copy.start(plan)) {
      for (Conversation conversation : conversations) {
        conversation.again();
      }
      copy.crash();
    }
    progress.accept("crashed with a crash report; started again and stopped");
    try (Copy copy = Copy.start(plan)) {
      copy.stop();
    }
    return finds;
  }

  private static void operate(Path operator, Sandbox sandbox, Canaries canaries)
      throws IOException {
    Files.writeString(operator.resolve("authority.pem"), sandbox.certificateAuthority());
    Path assistants = Files.createDirectories(operator.resolve("assistants"));
    String instructions = canaries.say("instructions of an assistant");
    Files.writeString(
        assistants.resolve("friend.yaml"),
        """
        id: friend
        name: Friend
        model: demo/sotto
        instructions: %s
        memory: {scope: person}
        """
            .formatted(instructions));
  }

  private static Map<String, String> environment(
      Path folder, SlackServer slack, DiscordServer discord, Canaries canaries) {
    Path data = folder.resolve("written/data");
    Path operator = folder.resolve("operator");
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", folder.resolve("written").toString());
    environment.put("SOTTO_DATA_DIRECTORY", data.toString());
    environment.put("DATASOURCES_DEFAULT_URL", "jdbc:h2:file:" + data.resolve("sotto"));
    environment.put("DATASOURCES_KEYS_URL", "jdbc:h2:file:" + data.resolve("keys"));
    environment.put("SOTTO_ROOT_KEY", "file:" + folder.resolve("written/safe/root.key"));
    environment.put("SOTTO_TRUSTED_CERTIFICATES", operator.resolve("authority.pem").toString());
    environment.put("SOTTO_ASSISTANTS_DIRECTORY", operator.resolve("assistants").toString());
    environment.put("SOTTO_DEFAULT_ASSISTANT", "friend");
    environment.put("SLACK_API_URL", slack.apiUrl().toString());
    environment.put("DISCORD_API_URL", discord.apiUrl().toString());
    environment.put("SLACK_BOT_TOKEN", canaries.tell("Slack's bot token", slack.botToken()));
    environment.put("SLACK_APP_TOKEN", canaries.tell("Slack's app token", slack.appToken()));
    environment.put("DISCORD_TOKEN", canaries.tell("Discord's token", discord.botToken()));
    return environment;
  }

  private static LeakReport report(
      List<Path> folders, Set<Scan.Find> finds, Canaries canaries, Control control)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders) {
      files.addAll(Scan.files(folder));
    }
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return new LeakReport(
        canaries.words().stream().map(canaries::place).toList(),
        files.size(),
        bytes,
        control.planted(),
        control.found(),
        finds.stream()
            .map(it ->
                new LeakReport.Leak(it.file().toString(), canaries.place(it.secret()), it.form()))
            .toList());
  }
}
