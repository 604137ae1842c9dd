package dev.sotto.bots;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program may open nothing more. */
class ShortageEndToEndTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SHORTAGE = Duration.ofSeconds(12);

  /** What is open stays open, and no number is left for more. */
  private static final String NONE = "1";

  @TempDir private Path folder;

  @Test
  void goesOnWhenItMayOpenFilesAgain() throws Exception {
    try (World world = new World(folder);
        Program program = Program.run(new Program.Plan(world, folder.resolve("p")))) {
      Dialogue dialogue = new Dialogue(world);
      dialogue.awaitAnswers(PATIENCE);

      program.limit("nofile", NONE);
      world.sandbox().sides().forEach(it -> it.sockets().drop());
      dialogue.ask();
      await()
          .during(SHORTAGE)
          .atMost(PATIENCE)
          .until(() -> program.alive() && connections(world) == 0);
      program.limit("nofile", "4096");

      dialogue.awaitAnswers(PATIENCE);
    }
  }

  private static int connections(World world) {
    return world.sandbox().sides().stream().mapToInt(it -> it.sockets().open()).sum();
  }
}
