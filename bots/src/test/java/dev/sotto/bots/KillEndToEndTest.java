package dev.sotto.bots;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at any moment of two turns on each platform, over and over: {@code -Dkill.cycles} says
 * how often, {@code -Dkill.seed} when.
 */
class KillEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int CYCLES = Integer.getInteger("kill.cycles", 5);
  private static final long SEED = Long.getLong("kill.seed", 20_261_123);

  /** Two turns are over by then, most of the time. */
  private static final int LONGEST_MILLIS = 400;

  @TempDir private Path folder;

  /** Further settings: of the databases. */
  Map<String, String> databases(Path folder) throws Exception {
    return Map.of();
  }

  int cycles() {
    return CYCLES;
  }

  @Test
  void losesAndDoublesNothingWheneverItIsKilled() throws Exception {
    Random random = new Random(SEED);
    try (World world = new World(folder)) {
      Program.Plan plan = new Program.Plan(world, folder.resolve("p")).with(databases(folder));
      Program program = Program.run(plan);
      try {
        Dialogue dialogue = new Dialogue(world);
        dialogue.awaitAnswers(PATIENCE);
        for (int cycle = 1; cycle <= cycles(); cycle++) {
          CountDownLatch killed = new CountDownLatch(1);
          Program victim = program;
          CompletableFuture.delayedExecutor(random.nextInt(LONGEST_MILLIS), MILLISECONDS)
              .execute(() -> kill(victim, killed));
          dialogue.ask();
          dialogue.ask();
          killed.await();
          program = Program.run(plan);
          dialogue.awaitAnswers(PATIENCE);
          if (cycle % 10 == 0) {
            System.out.printf(
                "seed %d: killed %d times, %d messages on each platform%n",
                SEED, cycle, dialogue.asked());
          }
        }
      } finally {
        program.close();
      }
    }
  }

  private static void kill(Program program, CountDownLatch killed) {
    try {
      program.kill();
      killed.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
