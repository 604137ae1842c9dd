package dev.sotto.bots;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.bots.leaks.Scan;
import dev.sotto.model.ModelServer;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Faults;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Says something unmistakable everywhere to the program in a process of its own, with every logger
 * of every library at its most talkative, and looks for it in every byte that was written.
 */
class LeakTest {
  private static final String TRACE =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %level %logger [%thread] %mdc %msg %kvp%n%ex{full}</pattern></encoder>
        </appender>
        <root level="TRACE"><appender-ref ref="OUT"/></root>
      </configuration>
      """;
  private static final String ALL =
      """
      handlers=java.util.logging.ConsoleHandler
      java.util.logging.ConsoleHandler.level=ALL
      .level=ALL
      """;

  private static final List<String> TALKATIVE =
      List.of(
          "-Djdk.httpclient.HttpClient.log=all",
          "-Djdk.internal.httpclient.debug=true",
          "-Djavax.net.debug=all");
  private static final Pattern SLACK_EVENT = Pattern.compile("\\bEv[A-Z0-9]{10}\\b");
  private static final String CANARY = "Xÿlophonquärtz7319";
  private static final String ANSWER = "Mÿrtenkränzchen8420";

  @TempDir private Path folder;

  @Test
  void nothingSaidAndNoNameIdOrKeyIsWrittenAnywhere() throws IOException, InterruptedException {
    Set<Scan.Find> finds = converse(false);

    assertThat(finds).as("files that hold a secret").isEmpty();
    assertThat(slackEvents()).as("event ids").isZero();
  }

  @Test
  void theSameLookFindsItWhereNothingIsSealedAndNoLibrarySilenced()
      throws IOException, InterruptedException {
    Set<Scan.Find> finds = converse(true);

    assertThat(finds)
        .filteredOn(it -> it.file().startsWith(folder.resolve("data")))
        .extracting(Scan.Find::secret)
        .contains(ANSWER, CANARY + "slack", CANARY + "discord");
    assertThat(finds)
        .filteredOn(it -> it.file().startsWith(folder.resolve("said")))
        .extracting(Scan.Find::secret)
        .contains(ANSWER, CANARY + "discord", World.MODEL_KEY, "priya");
    assertThat(slackEvents()).isPositive();
  }

  /** What is found while the program runs, and after it has tidied up and ended. */
  private Set<Scan.Find> converse(boolean undefended) throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(TALKATIVE);
    flags.add("-Dlogback.configurationFile=" + Files.writeString(folder.resolve("t.xml"), TRACE));
    flags.add("-Djava.util.logging.config.file=" + Files.writeString(folder.resolve("j"), ALL));
    try (World world = new World(folder);
        Program program = Program.run(new Program.Plan(world, folder, flags, undefended))) {
      Set<String> secrets = keys(world);
      for (Side side : world.sandbox().sides()) {
        talk(world, side);
        secrets.addAll(List.of(CANARY + side.name(), side.people().getLast().id()));
        secrets.addAll(places(side));
      }
      Scan scan = new Scan(secrets);
      Set<Scan.Find> finds = scan.in(folder);
      program.terminate();
      program.exit(Duration.ofSeconds(5));
      finds.addAll(scan.in(folder));
      return finds;
    }
  }

  private static Set<String> keys(World world) {
    Set<String> keys = new LinkedHashSet<>(List.of(World.MODEL_KEY, "priya", "Priya", ANSWER));
    keys.addAll(List.of(world.slack().botToken(), world.slack().appToken()));
    keys.addAll(List.of(world.slack().team(), world.slack().bot()));
    keys.addAll(List.of(world.discord().botToken(), world.discord().guildId()));
    keys.add(world.discord().applicationId());
    return keys;
  }

  /** In a direct message, in a channel, in a thread, with a command, and when all goes wrong. */
  private static void talk(World world, Side side) {
    String person = side.people().getLast().id();
    String direct = side.direct(person);
    String channel = side.channel("general");
    String words = CANARY + side.name();
    world.model().always(Speech.of("So it is, " + ANSWER));
    Stage.tell(side, person, words, it -> it.contains(ANSWER));
    String mention = world.mention(side) + " " + words;
    String root = side.say(person, Place.in(channel), mention);
    Stage.answer(side, person, channel, it -> it.contains(ANSWER));
    side.say(person, Place.in(channel, root), mention);
    await().until(() -> Stage.answers(side, person, channel).size(), it -> it == 2);
    side.command(person, Place.in(direct), "/sotto help");
    Stage.answer(side, person, direct, it -> it.contains("/sotto"));
    world.model().always((exchange, _) -> ModelServer.stream(exchange, "garbage " + ANSWER));
    side.faults().next(Faults.ANY, Fault.broken(500));
    Stage.tell(side, person, words, it -> it.contains("openai/test"));
  }

  private static Set<String> places(Side side) {
    Set<String> places = new LinkedHashSet<>();
    for (View.Channel channel : side.view(side.people().getLast().id()).channels()) {
      places.add(channel.id());
      channel.all().map(View.Bubble::id).forEach(places::add);
    }
    return places;
  }

  private long slackEvents() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long found = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found += SLACK_EVENT.matcher(Files.readString(file, ISO_8859_1)).results().count();
      }
      return found;
    }
  }
}
