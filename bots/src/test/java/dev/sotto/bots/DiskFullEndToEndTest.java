package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database finds no room on the disk for a while. */
class DiskFullEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Less than the databases have, and more than what the program says. */
  private static final int FULL = 64 * 1_024;

  /** Longer than a lease: the program may take itself for dead. */
  private static final Duration OUTAGE = Duration.ofSeconds(15);

  @TempDir private Path folder;

  @Test
  void acknowledgesNothingThatItCannotKeepAndGoesOnWhenThereIsRoom() throws Exception {
    try (World world = new World(folder)) {
      Program.Plan plan = new Program.Plan(world, folder.resolve("p"));
      try (Program program = Program.run(plan)) {
        Dialogue dialogue = new Dialogue(world);
        dialogue.awaitAnswers(PATIENCE);
        assertThat(size(plan)).isGreaterThan(FULL);

        program.limit("fsize", Integer.toString(FULL));
        dialogue.ask();
        await().atMost(PATIENCE).until(() -> said(program, "the inbox is not available"));
        await().during(OUTAGE).atMost(PATIENCE).until(program::alive);
        program.limit("fsize", "unlimited");

        dialogue.awaitAnswers(PATIENCE);
        dialogue.ask();
        dialogue.awaitAnswers(PATIENCE);
        assertThat(program.err()).doesNotContain("question");
      }
      try (Program again = Program.run(plan)) {
        assertThat(again.err()).doesNotContain("integrity");
      }
    }
  }

  private static boolean said(Program program, String words) {
    return program.err().contains(words);
  }

  private static long size(Program.Plan plan) throws IOException {
    try (var files = Files.list(plan.data())) {
      return files
          .filter(it -> it.toString().endsWith(".mv.db"))
          .mapToLong(it -> it.toFile().length())
          .min()
          .orElse(0);
    }
  }
}
