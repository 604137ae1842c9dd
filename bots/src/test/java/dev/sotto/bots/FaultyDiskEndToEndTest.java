package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program dies at a write to the disk, torn in the middle; the power is cut and what was not
 * forced is lost in part; the disk does not take what is forced.
 */
class FaultyDiskEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** How long a write may take to come: what is written behind a turn comes within seconds. */
  private static final Duration SOON = Duration.ofSeconds(8);

  /** So many writes are tried, and of these one in so many; {@code -Ddisk.stride=1} tries all. */
  private static final int WRITES = Integer.getInteger("disk.writes", 12);

  private static final int STRIDE = Integer.getInteger("disk.stride", 5);

  @TempDir private Path folder;

  @Test
  void losesAndDoublesNothingWhereverAWriteIsTorn() throws Exception {
    dieOf("tear");
  }

  @Test
  void losesAndDoublesNothingWhereverThePowerIsCut() throws Exception {
    dieOf("power");
  }

  private void dieOf(String fault) throws Exception {
    Path orders = folder.resolve("orders");
    try (World world = new World(folder)) {
      Program.Plan plan = plan(world, orders);
      Program program = Program.run(plan);
      try {
        Dialogue dialogue = new Dialogue(world);
        dialogue.awaitAnswers(PATIENCE);
        int died = 0;
        for (int write = 1; write <= WRITES; write += STRIDE) {
          Files.writeString(orders, "write " + write + " " + fault);
          dialogue.ask();
          died += dies(program) ? 1 : 0;
          Files.delete(orders);
          program.close();
          program = Program.run(plan);
          dialogue.awaitAnswers(PATIENCE);
          assertThat(program.err()).doesNotContain("integrity");
        }
        System.out.printf(
            "%s: it died %d times at a write; %d messages on each platform%n",
            fault, died, dialogue.asked());
        assertThat(died).isPositive();
      } finally {
        program.close();
      }
    }
  }

  @Test
  void acknowledgesNothingThatTheDiskDoesNotTake() throws Exception {
    Path orders = folder.resolve("orders");
    try (World world = new World(folder)) {
      Program.Plan plan = plan(world, orders);
      Dialogue dialogue;
      try (Program program = Program.run(plan)) {
        dialogue = new Dialogue(world);
        dialogue.awaitAnswers(PATIENCE);
        Files.writeString(orders, "force 1 fail");
        dialogue.ask();
        await().atMost(PATIENCE).until(() -> said(program, "the inbox is not available"));
        await().atMost(PATIENCE).until(() -> said(program, "look after the disk"));
        Files.delete(orders);
      }
      try (Program again = Program.run(plan)) {
        dialogue.awaitAnswers(PATIENCE);
        assertThat(again.err()).doesNotContain("integrity");
      }
    }
  }

  private Program.Plan plan(World world, Path orders) {
    return new Program.Plan(world, folder.resolve("p")).onFaultyDisk(orders);
  }

  private static boolean dies(Program program) {
    try {
      await().atMost(SOON).until(() -> !program.alive());
      return true;
    } catch (ConditionTimeoutException _) {
      return false;
    }
  }

  private static boolean said(Program program, String words) {
    return program.err().contains(words);
  }
}
