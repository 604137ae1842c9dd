package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same words from the terminal, each in a process of its own. */
class TerminalKeysTest {
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
  void saysInOneLineThatARunningProgramHoldsTheDataAndHowToGoOn() throws InterruptedException {
    try (Program _ = Program.run(plan);
        Program status = Program.start(plan, "keys", "status")) {
      assertThat(status.exit(PATIENCE)).isEqualTo(1);
      assertThat(status.out()).isEmpty();
      assertThat(status.err())
          .hasLineCount(1)
          .startsWith("sotto: ")
          .contains("in use by another process", "or give the command in the chat");
    }
  }

  @Test
  void replacesKeysShowsHowFarItIsAndTellsByItsStatusWhetherAllWasDone()
      throws InterruptedException {
    world.model().always(Speech.of("Noted."));
    try (Program _ = Program.run(plan)) {
      String tom = world.slack().people().get(1).id();
      Stage.tell(world.slack(), tom, "good day", it -> it.contains("Noted."));
    }

    assertThat(ran(0, "keys", "rotate"))
        .contains("Rotation: 100 %", "Rotated:")
        .doesNotContain("**", "\033", "\r");
    assertThat(ran(0, "keys", "status")).contains("Root key: file:", "No rotation is open.");
    assertThat(ran(1, "keys", "rotate", "everything")).contains("For what say one of: data");
    assertThat(ran(0, "keys", "emergency", "data", "--dry-run")).contains("nothing was changed");
    assertThat(ran(1, "keys", "emergency", "data")).contains("say --yes");
    assertThat(ran(0, "keys", "emergency", "data", "--yes")).contains("Replaced:");
  }

  private String ran(int status, String... words) throws InterruptedException {
    try (Program program = Program.start(plan, words)) {
      assertThat(program.exit(PATIENCE)).as(program.out() + program.err()).isEqualTo(status);
      return program.out();
    }
  }
}
