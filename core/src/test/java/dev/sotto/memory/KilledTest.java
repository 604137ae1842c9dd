package dev.sotto.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 comes at any point, also between a commit and its anchor. */
class KilledTest {
  private static final int ROUNDS = 4;
  private static final String KEPT = "kept ";

  @TempDir private Path folder;

  @Test
  void leavesConversationsThatVerifyAndLosesNoTurnThatWasKept()
      throws IOException, InterruptedException {
    Random random = new Random(5);
    int last = 0;
    for (int round = 0; round < ROUNDS; round++) {
      last = writeUntilKilled(last + 1, 1 + random.nextInt(40));

      try (Mind mind = new Mind(Scribe.properties(folder))) {
        Recollection recalled = mind.recall(Mind.HALL);
        assertThat(recalled).matches(it -> !it.broken() && it.damaged() == 0);
        assertThat(recalled.said()).extracting(Recollection.Said::text).contains("a" + last);
        assertThat(mind.context.getBean(Chains.class).verify((_, _) -> {}))
            .matches(Chains.Report::clean);
      }
    }
  }

  private int writeUntilKilled(int first, int turns) throws IOException, InterruptedException {
    Process process =
        ChildJvm.of(Scribe.class, folder.toString(), Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int kept = 0;
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(KEPT)) {
          kept = Integer.parseInt(line.substring(KEPT.length()));
        }
        if (kept == first + turns) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    assertThat(kept).isGreaterThan(first);
    return kept;
  }
}
