package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the program jumps, and that of its databases, its platforms and people does not. */
class ClockEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void losesAndDoublesNothingWhereItsClockJumps() throws Exception {
    Path orders = folder.resolve("orders");
    try (World world = new World(folder)) {
      Program.Plan plan = new Program.Plan(world, folder.resolve("p")).onJumpingClock(orders);
      Program program = Program.run(plan);
      try {
        Dialogue dialogue = new Dialogue(world);
        dialogue.awaitAnswers(PATIENCE);
        for (String ahead : List.of("PT1H", "PT-1H", "P2D", "PT-1H")) {
          dialogue.ask();
          write(orders, ahead);
          dialogue.ask();
          dialogue.awaitAnswers(PATIENCE);
        }
        dialogue.ask();
        program.kill();
        write(orders, "PT-3H");
        program = Program.run(plan);
        dialogue.awaitAnswers(PATIENCE);
        assertThat(program.err()).doesNotContain("integrity");
      } finally {
        program.close();
      }
    }
  }

  /** As a whole: it may be read at any moment. */
  private static void write(Path orders, String ahead) throws Exception {
    Path fresh = Files.writeString(orders.resolveSibling("fresh"), ahead);
    Files.move(fresh, orders, StandardCopyOption.ATOMIC_MOVE);
  }
}
