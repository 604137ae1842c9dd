package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process, with hops to the platforms and to PostgreSQL that fail. {@code -Dnetwork.seed}
 * says where connections are cut.
 */
class NetworkFaultsEndToEndTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long SEED = Long.getLong("network.seed", 20_261_123);
  private static final int ROUNDS = Integer.getInteger("network.rounds", 4);

  /** Below this many bytes a connection is reset, handshakes and frames in the middle. */
  private static final int SHORT = 30_000;

  @TempDir private Path folder;
  private final FaultProxy platforms = FaultProxy.listening(SEED);
  private final FaultProxy database = FaultProxy.listening(SEED + 1);
  private World world;
  private Postgres postgres;
  private Program program;
  private Dialogue dialogue;

  @BeforeEach
  void open() throws IOException, GeneralSecurityException, SQLException {
    world = new World(folder, platforms);
    postgres = Postgres.start(folder);
    database.to(postgres.port());
    Map<String, String> settings = postgres.environment(database.port(), "&socketTimeout=3");
    program = Program.run(new Program.Plan(world, folder.resolve("p")).with(settings));
    dialogue = new Dialogue(world);
    dialogue.awaitAnswers(PATIENCE);
  }

  @AfterEach
  void close() {
    program.close();
    postgres.close();
    world.close();
    database.close();
    platforms.close();
  }

  @Test
  void losesAndDoublesNothingWhereConnectionsAreCutInTheMiddleOfAFrame() {
    for (int round = 0; round < ROUNDS; round++) {
      platforms.cutWithin(SHORT);
      platforms.cut();
      dialogue.ask();
      dialogue.ask();
      dialogue.awaitAnswers(PATIENCE);
    }
    assertThat(platforms.cuts()).isPositive();
    assertThat(program.alive()).isTrue();
  }

  @Test
  void losesAndDoublesNothingWhereTheDatabaseIsCutOff() {
    for (int round = 0; round < ROUNDS; round++) {
      database.cutWithin(SHORT);
      dialogue.ask();
      database.cut();
      int before = database.cuts();
      await().atMost(PATIENCE).until(() -> database.cuts() > before);
      dialogue.ask();
      database.cutWithin(0);
      dialogue.awaitAnswers(PATIENCE);
    }
    assertThat(program.alive()).isTrue();
  }

  @Test
  void goesOnWhenADatabaseIsBackThatRefusedOrWentSilent() {
    database.refuse(true);
    dialogue.ask();
    await().atMost(PATIENCE).until(() -> said("the inbox is not available"));
    database.refuse(false);
    dialogue.awaitAnswers(PATIENCE);

    database.freeze();
    dialogue.ask();
    await().atMost(PATIENCE).until(() -> said("cannot say that this program runs"));
    database.thaw();
    dialogue.awaitAnswers(PATIENCE);
    assertThat(program.alive()).isTrue();
  }

  @Test
  void losesAndDoublesNothingWhereTheDatabaseDiesAndAnotherTakesItsPlace() throws Exception {
    try (Postgres standby = postgres.standby(folder.resolve("standby"))) {
      dialogue.ask();
      postgres.kill();
      dialogue.ask();
      database.to(standby.port());
      standby.promote();
      dialogue.awaitAnswers(PATIENCE);
      dialogue.ask();
      dialogue.awaitAnswers(PATIENCE);
    }
    assertThat(program.alive()).isTrue();
  }

  private boolean said(String words) {
    return program.err().contains(words);
  }
}
