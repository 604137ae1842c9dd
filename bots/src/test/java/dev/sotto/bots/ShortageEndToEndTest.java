package dev.sotto.bots;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program may open nothing more, or has no memory left, of its own or for new threads. */
class ShortageEndToEndTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SHORTAGE = Duration.ofSeconds(12);

  /** What there is stays, and there is no more. */
  private static final String NONE = "1";

  @TempDir private Path folder;
  private Set<Path> homeBefore = Set.of();

  @BeforeEach
  void look() throws IOException {
    homeBefore = home();
  }

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

  @Test
  void endsByItselfWithoutMemoryAndSaysWhy() throws Exception {
    Path orders = folder.resolve("orders");
    try (World world = new World(folder)) {
      Program.Plan plan = new Program.Plan(world, folder.resolve("p")).hungry(orders);
      endsAndIsStartedAgain(
          world,
          plan,
          program -> {
            Files.createFile(orders);
            awaitEnd(program, "java.lang.OutOfMemoryError: Java heap space");
            Files.delete(orders);
          });
    }
  }

  @Test
  void endsByItselfWithoutRoomForThreadsAndSaysWhy() throws Exception {
    try (World world = new World(folder)) {
      Program.Plan plan = new Program.Plan(world, folder.resolve("p"));
      endsAndIsStartedAgain(
          world,
          plan,
          program -> {
            program.limit("as", NONE);
            world.sandbox().sides().forEach(it -> it.sockets().drop());
            awaitEnd(program, "OutOfMemoryError|insufficient memory for the Java Runtime");
          });
    }
  }

  private void endsAndIsStartedAgain(World world, Program.Plan plan, Shortage shortage)
      throws Exception {
    Dialogue dialogue;
    try (Program program = Program.run(plan)) {
      dialogue = new Dialogue(world);
      dialogue.awaitAnswers(PATIENCE);
      dialogue.ask();
      shortage.occurs(program);
    }
    try (Program again = Program.run(plan)) {
      dialogue.awaitAnswers(PATIENCE);
      assertThat(again.err()).doesNotContain("integrity");
    }
  }

  /** Nothing that the JVM may leave of it lies where it was started. */
  private void awaitEnd(Program program, String cause) throws IOException {
    await().atMost(PATIENCE).until(() -> !program.alive());
    assertThat(program.out() + program.err()).containsPattern(cause);
    assertThat(home()).isEqualTo(homeBefore);
  }

  private static Set<Path> home() throws IOException {
    try (Stream<Path> files = Files.list(Installation.HOME)) {
      return files.collect(toUnmodifiableSet());
    }
  }

  private static int connections(World world) {
    return world.sandbox().sides().stream().mapToInt(it -> it.sockets().open()).sum();
  }

  /** What brings the program to its end. */
  private interface Shortage {
    void occurs(Program program) throws IOException, InterruptedException;
  }
}
