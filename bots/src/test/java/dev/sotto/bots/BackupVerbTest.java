package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.bots.leaks.Scan;
import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backup} while the program runs, and {@code restore} after a loss. */
class BackupVerbTest {
  private static final String CANARY = "my name is Zbigniewa Brackenfold";

  @TempDir private Path folder;
  private World world;
  private Program.Plan plan;
  private Path backups;

  @BeforeEach
  void open() throws IOException {
    world = new World(folder);
    plan = new Program.Plan(world, folder);
    backups = folder.resolve("backups");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void isMadeByTheProcessThatRunsAndBringsBackWhatWasSaid()
      throws IOException, InterruptedException {
    Side slack = world.slack();
    String person = slack.people().getFirst().id();
    world.model().always(Speech.of("Noted."));
    try (Program program = Program.run(plan)) {
      Stage.tell(slack, person, CANARY, it -> it.contains("Noted."));

      Program.Ended backup = Program.verb(plan, "", "backup", backups.toString());

      assertThat(backup.err()).isEmpty();
      assertThat(backup.status()).isZero();
      assertThat(backup.out()).contains("rows of data in", "rows of keys in");
      assertThat(program.err()).doesNotContain("WARN", "ERROR");
      world.model().always(Speech.of("Still here."));
      Stage.tell(slack, person, "hello?", it -> it.contains("Still here."));
      program.terminate();
      program.exit(Duration.ofSeconds(10));
    }
    assertThat(names(plan.data().resolve("backup"))).isEmpty();
    assertThat(new Scan(List.of("Brackenfold", "Zbigniewa")).in(backups)).isEmpty();

    Program.Ended verified = Program.verb(plan, "", "restore", "--verify", backups.toString());
    assertThat(verified.err()).isEmpty();
    assertThat(verified.status()).isZero();
    assertThat(verified.out()).contains("whole and unaltered", "0 do not verify");

    Path data = plan.data().resolve("sotto.mv.db");
    Program.Ended refused = Program.verb(plan, "", "restore", "--data", file("sotto-data-"));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).hasLineCount(1).contains("is not empty");
    Files.delete(data);
    Program.Ended restored = Program.verb(plan, "", "restore", "--data", file("sotto-data-"));
    assertThat(restored.err()).isEmpty();
    assertThat(restored.status()).isZero();

    world.model().always(Speech.of("Welcome back."));
    try (Program _ = Program.run(plan)) {
      Stage.tell(slack, person, "who am I?", it -> it.contains("Welcome back."));
      assertThat(world.model().requests().getLast().body()).contains("Zbigniewa Brackenfold");
    }
  }

  @Test
  void findsWhatLiesInTheClear() throws IOException {
    Files.createDirectories(backups);
    Files.writeString(backups.resolve("sotto-data-1.backup"), CANARY);

    assertThat(new Scan(List.of("Brackenfold")).in(backups)).isNotEmpty();
  }

  @Test
  void refusesToBringKeysBackWithoutBeingToldThatItIsMeant() throws InterruptedException {
    Program.Ended ended =
        Program.verb(plan, "", "restore", "--data", "a.backup", "--keys", "b.backup");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).hasLineCount(1).contains("--erased-may-return");
  }

  private String file(String prefix) throws IOException {
    return names(backups).stream()
        .filter(it -> it.startsWith(prefix))
        .map(it -> backups.resolve(it).toString())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> String.valueOf(it.getFileName())).sorted().toList();
    }
  }
}
