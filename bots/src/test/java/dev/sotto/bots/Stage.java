package dev.sotto.bots;

import static org.awaitility.Awaitility.await;

import dev.sotto.model.ModelServer;
import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View.Bubble;
import dev.sotto.sandbox.slack.SlackServer;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The whole product, connected to the sandbox with real Bolt and real JDA. */
final class Stage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final World world;
  private final Path folder;
  private final Map<String, Object> further;
  private ApplicationContext context;

  /** With the bundled assistants, and no model but the demo. */
  Stage(Path folder, Map<String, Object> further) throws IOException {
    this(new World(folder), folder, further);
  }

  private Stage(World world, Path folder, Map<String, Object> further) throws IOException {
    this.world = world;
    this.folder = folder;
    this.further = further;
    this.context = open();
  }

  /** With the model and the assistants of the {@link World}. */
  static Stage withModel(Path folder) throws IOException {
    World world = new World(folder);
    return new Stage(world, folder, world.modelSettings());
  }

  World world() {
    return world;
  }

  ModelServer model() {
    return world.model();
  }

  SlackServer slack() {
    return world.slack();
  }

  DiscordServer discord() {
    return world.discord();
  }

  Path data() {
    return folder.resolve("data");
  }

  /** How many events are done with. */
  long done() {
    return new DiskRows(context)
        .tables(1_000).stream()
            .filter(it -> it.name().equals("inbox_event"))
            .flatMap(it -> it.rows().stream())
            .filter(it -> it.contains("DONE"))
            .count();
  }

  /** Stops the product and starts it anew on the same data; the platforms stay. */
  void restart() throws IOException {
    stop();
    start();
  }

  void start() throws IOException {
    context = open();
  }

  void stop() {
    context.getBean(Bots.class).stop();
    context.close();
  }

  /** Waits for a finished message of the bot in a channel or its threads. */
  static Bubble answer(Side side, String person, String channel, Predicate<String> text) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                answers(side, person, channel).stream()
                    .filter(it -> text.test(it.text()))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** What the bot shows now, finished or not, in a channel and its threads. */
  static List<String> shown(Side side, String person, String channel) {
    return side.view(person)
        .channel(channel)
        .all()
        .filter(it -> it.author().bot())
        .map(Bubble::text)
        .toList();
  }

  /** What the bot has said to the end in a channel and its threads. */
  static List<Bubble> answers(Side side, String person, String channel) {
    return side.view(person)
        .channel(channel)
        .all()
        .filter(it -> it.author().bot() && !it.streaming())
        .toList();
  }

  /** Writes to the bot alone, and waits for the answer. */
  static Bubble tell(Side side, String person, String text, Predicate<String> answer) {
    String direct = side.direct(person);
    side.say(person, Place.in(direct), text);
    return answer(side, person, direct, answer);
  }

  @Override
  public void close() {
    stop();
    world.close();
  }

  private ApplicationContext open() throws IOException {
    Map<String, Object> settings =
        new HashMap<>(
            SandboxCommand.settings(world.sandbox(), world.slack(), world.discord(), data()));
    settings.put("sotto.root-key", "file:" + folder.resolve("keys").resolve("root.key"));
    settings.put(
        "sotto.assistants-directory", Installation.HOME.resolve("bots/assistants").toString());
    settings.put("sotto.models.demo.pace", "0ms");
    settings.putAll(further);
    ApplicationContext started = Installation.open(settings);
    started
        .getBean(Bots.class)
        .start(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    return started;
  }
}
