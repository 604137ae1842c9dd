package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log from the terminal, and what the program writes down by itself. */
class TerminalAuditTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private World world;
  private Program.Plan plan;

  @BeforeEach
  void open() throws IOException {
    world = new World(folder);
    plan = new Program.Plan(world, folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void tellsByItsStatusWhetherSomebodyChangedTheLog() throws Exception {
    Path file = folder.resolve("log.jsonl");
    try (Program program = Program.run(plan)) {
      program.terminate();
      program.exit(PATIENCE);
    }
    try (Program program = Program.run(plan)) {
      program.kill();
    }

    assertThat(ran(0, "audit", "tail"))
        .containsSubsequence(
            "program started 0.1.0 done",
            "program stopped 0.1.0 done",
            "program started 0.1.0 done",
            "terminal:operator command audit tail begun");
    assertThat(ran(0, "audit", "verify")).contains("The audit log verifies: ");
    assertThat(ran(0, "audit", "export", file.toString())).contains("Written to " + file);
    assertThat(Files.readString(file)).contains("program_started", "\"mac\":\"");

    change("update audit_entry set outcome = 'FAILED' where seq = 2");

    assertThat(ran(1, "audit", "verify")).contains("integrity", "entry 1/2: does not verify");
  }

  private void change(String sql) throws SQLException {
    String url =
        "jdbc:h2:file:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0"
            .formatted(plan.data().resolve("sotto"));
    try (Connection connection = DriverManager.getConnection(url, "sotto", "");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private String ran(int status, String... words) throws InterruptedException {
    try (Program program = Program.start(plan, words)) {
      assertThat(program.exit(PATIENCE)).as(program.out() + program.err()).isEqualTo(status);
      return program.out();
    }
  }
}
