package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two programs are replaced one after the other by a later version, which changes the tables as it
 * starts: this version, with one more migration.
 */
class UpgradeEndToEndTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration END = Duration.ofSeconds(10);
  private static final String MIGRATION =
      """
      alter table inbox_event add column later varchar(10);
      alter table lane add column later varchar(10);
      alter table conversation add column later varchar(10);
      create table later (id uuid primary key);
      create index inbox_event_later on inbox_event (later);
      """;

  @TempDir private Path folder;
  private World world;
  private Postgres postgres;
  private Map<String, String> shared;

  @BeforeEach
  void open() throws IOException, GeneralSecurityException, SQLException {
    world = new World(folder);
    postgres = Postgres.start(folder);
    shared = new HashMap<>(postgres.environment());
    shared.put("SOTTO_ROOT_KEY", "file:" + folder.resolve("keys/root.key"));
  }

  @AfterEach
  void close() {
    postgres.close();
    world.close();
  }

  @Test
  void nothingIsLostWhileProgramsAreReplacedOneAfterTheOtherAndOneOfThemBack() throws Exception {
    try (Program first = Program.run(plan("first"));
        Program second = Program.run(plan("second"))) {
      Dialogue dialogue = new Dialogue(world);
      dialogue.awaitAnswers(PATIENCE);

      end(first);
      dialogue.ask();
      try (Program later = Program.run(later("first"))) {
        dialogue.awaitAnswers(PATIENCE);
        assertThat(tables()).isEqualTo("1");
        dialogue.ask();
        end(second);
        try (Program back = Program.run(plan("second"))) {
          dialogue.awaitAnswers(PATIENCE);
          later.kill();
          dialogue.ask();
          dialogue.awaitAnswers(PATIENCE);
          assertThat(back.err()).doesNotContain("ERROR");
        }
      }
    }
  }

  private static void end(Program program) throws InterruptedException {
    program.terminate();
    program.exit(END);
  }

  private String tables() throws SQLException {
    return postgres.queried(
        postgres.plain("sotto"),
        "select count(*) from information_schema.tables where table_name = 'later'");
  }

  private Program.Plan plan(String name) {
    return new Program.Plan(world, folder.resolve(name)).with(shared);
  }

  private Program.Plan later(String name) throws IOException {
    Path migrations = Files.createDirectories(folder.resolve("migrations"));
    Files.writeString(migrations.resolve("V9999__later.sql"), MIGRATION);
    return plan(name)
        .with(
            Map.of(
                "FLYWAY_DATASOURCES_DEFAULT_LOCATIONS",
                "classpath:db/data,filesystem:" + migrations));
  }
}
