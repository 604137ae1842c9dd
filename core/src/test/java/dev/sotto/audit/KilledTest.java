package dev.sotto.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A process that is killed while it writes down leaves a log that verifies, with all it said. */
class KilledTest extends AuditContract {
  private static final int ROUNDS = 3;

  @Test
  void losesNothingAndRaisesNoFalseAlarm() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 1; round <= ROUNDS; round++) {
      store.close();
      long told = writeUntilKilled(round, 20 + random.nextInt(60));
      restart();

      assertThat(store.findings()).isEmpty();
      assertThat(store.log.newest(1).getFirst().note().object())
          .isIn("round %d, %d".formatted(round, told), "round %d, %d".formatted(round, told + 1));
    }
  }

  /** The last that the child said it had written. */
  private long writeUntilKilled(int round, int after) throws IOException, InterruptedException {
    Process child =
        ChildJvm.of(Child.class, folder.toString(), Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long told = 0;
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      while (told < after) {
        told = Math.max(told, number(Objects.requireNonNull(lines.readLine(), "it has ended")));
      }
      child.toHandle().destroyForcibly(); // Unlike the process itself it leaves what was said.
      child.waitFor();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told = Math.max(told, number(line));
      }
    }
    return told;
  }

  private static long number(String line) {
    return line.matches("written \\d+") ? Long.parseLong(line.substring("written ".length())) : 0;
  }

  /** Writes until it is killed, and says each number when it stands. */
  static final class Child {
    private Child() {}

    static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      Map<String, Object> properties = dev.sotto.TestDatabases.h2(folder.resolve("data"));
      properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
      properties.put("sotto.data-directory", folder.resolve("data").toString());
      try (AuditStore store = AuditStore.open(properties)) {
        for (int i = 1; ; i++) {
          store.write("round %s, %d".formatted(arguments[1], i));
          System.out.println("written " + i);
        }
      }
    }
  }
}
