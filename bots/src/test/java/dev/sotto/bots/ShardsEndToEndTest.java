package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.discord.Rules;
import dev.sotto.sandbox.discord.Rules.Starts;
import dev.sotto.sandbox.side.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs in processes of their own that serve one bot, on a Discord that counts sessions. */
class ShardsEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** The time of a lease, and what it takes to connect. */
  private static final Duration TAKEOVER = Duration.ofSeconds(20);

  private static final String ANSWER = "Noted.";

  @TempDir private Path folder;
  private World world;
  private Postgres postgres;
  private Program.Plan one;
  private Program.Plan other;

  @BeforeEach
  void open() throws IOException, GeneralSecurityException, SQLException {
    world = new World(folder, new DiscordServer(Rules.real().withStarts(Starts.of(1))));
    world.model().always(Speech.of(ANSWER));
    postgres = Postgres.start(folder);
    Map<String, String> shared = new HashMap<>(postgres.environment());
    shared.put("SOTTO_ROOT_KEY", "file:" + folder.resolve("keys/root.key"));
    one = new Program.Plan(world, folder.resolve("one")).with(shared);
    other = new Program.Plan(world, folder.resolve("other")).with(shared);
  }

  @AfterEach
  void close() {
    postgres.close();
    world.close();
  }

  @Test
  void oneHearsEverythingAndTheOtherTakesOverWhenItIsKilled() throws InterruptedException {
    try (Program first = Program.run(one);
        Program second = Program.run(other)) {
      assertThat(first.out()).contains("sotto: Discord (1 server)");
      assertThat(second.out()).contains("sotto: Discord (stands by");
      say("good day", 6);
      answered(6);
      assertThat(world.discord().started(0)).isEqualTo(1);
      assertThat(world.discord().connected(0)).isEqualTo(1);

      first.kill();
      say("is anybody there?", 2);

      await().atMost(TAKEOVER).until(() -> answers(person(0)).size() == 8);
      answered(8);
      say("and now?", 1);
      answered(9);
      assertThat(world.discord().started(0)).isEqualTo(2);
      assertThat(world.discord().startedTooSoon()).isZero();
      assertThat(second.err()).doesNotContain("ERROR");
    }
  }

  @Test
  void theOtherTakesOverAtOnceWhenOneStops() throws InterruptedException {
    try (Program first = Program.run(one);
        Program second = Program.run(other)) {
      say("good day", 1);
      answered(1);

      first.terminate();
      first.exit(PATIENCE);
      await().atMost(PATIENCE).until(() -> world.discord().started(0) == 2);
      say("and now?", 1);

      answered(2);
      assertThat(second.err()).doesNotContain("ERROR");
    }
  }

  /** Two people say something so many times. */
  private void say(String text, int times) {
    for (int i = 0; i < times; i++) {
      for (int person = 0; person < 2; person++) {
        String direct = world.discord().direct(person(person));
        world.discord().say(person(person), Place.in(direct), text + " " + i);
      }
    }
  }

  /** Each of two people has so many answers, and nothing else. */
  private void answered(int times) {
    List<String> all = Collections.nCopies(times, ANSWER);
    for (int person = 0; person < 2; person++) {
      String id = person(person);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(answers(id)).isEqualTo(all));
    }
  }

  private List<String> answers(String person) {
    return Stage.shown(world.discord(), person, world.discord().direct(person));
  }

  private String person(int number) {
    return world.discord().people().get(number).id();
  }
}
