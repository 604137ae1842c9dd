package dev.sotto.bots;

import static org.awaitility.Awaitility.await;

import dev.sotto.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The program in a process of its own, as {@code bots/sotto run} starts it: the same flags, the
 * same working directory, and settings from the environment alone.
 */
final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path out;
  private final Path err;

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * What to start.
   *
   * @param folder of the data, the keys, and what the program says
   * @param flags for the JVM, after those of the launcher
   * @param twins whether nothing is sealed and no library is silenced
   */
  record Plan(World world, Path folder, List<String> flags, boolean twins) {
    Plan {
      flags = List.copyOf(flags);
    }

    Plan(World world, Path folder) {
      this(world, folder, List.of(), false);
    }

    Path data() {
      return folder.resolve("data");
    }
  }

  /** Starts it and waits until it says that it runs. */
  static Program run(Plan plan) {
    Program program = start(plan);
    await().atMost(PATIENCE).until(() -> !program.alive() || program.out().contains("running;"));
    if (!program.alive()) {
      throw new IllegalStateException("the program has ended: " + program.err());
    }
    return program;
  }

  /** Starts it and waits for nothing. */
  static Program start(Plan plan) {
    return start(plan, "run");
  }

  /** Starts what these words say and waits for nothing. */
  static Program start(Plan plan, String... words) {
    try {
      Path tmp = Files.createDirectories(plan.data().resolve("tmp"));
      Path said = Files.createDirectories(plan.folder().resolve("said"));
      String name = UUID.randomUUID().toString();
      Path out = said.resolve(name + ".out");
      Path err = said.resolve(name + ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command(plan, tmp, words))
              .directory(Installation.HOME.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment(plan));
      return new Program(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a verb came to. */
  record Ended(int status, String out, String err) {}

  /** Runs another verb than {@code run} to its end, with something on its standard input. */
  static Ended verb(Plan plan, String in, String... words) throws InterruptedException {
    try (Program program = start(plan, words)) {
      try (var stdin = program.process.getOutputStream()) {
        stdin.write(in.getBytes(StandardCharsets.UTF_8));
      }
      return new Ended(program.exit(PATIENCE), program.out(), program.err());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Plan plan, Path tmp, String... words) {
    List<String> further = new ArrayList<>();
    further.add("-XX:ErrorFile=" + tmp.resolve("hs_err_%p.log"));
    further.add("-Djava.io.tmpdir=" + tmp);
    further.addAll(plan.flags());
    if (plan.twins()) {
      further.add("-Dtwin=seals-nothing");
    }
    List<String> command = plan.twins() ? twin(further) : product(further);
    command.addAll(List.of(words));
    return command;
  }

  /** What starts the product, without anything of the tests; words may be added. */
  static List<String> product(List<String> further) {
    return Product.JVM.command(further, Main.class.getName());
  }

  private static List<String> twin(List<String> further) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("@bots/jvm.options", "-XX:TieredStopAtLevel=1"));
    command.addAll(further);
    String all = System.getProperty("java.class.path");
    command.addAll(List.of("-cp", all, Undefended.class.getName()));
    return command;
  }

  /** Made when first used. */
  private static final class Product {
    private static final Pattern TESTS =
        Pattern.compile(".*[/\\\\]test-classes[/\\\\]?|.*-tests\\.jar");
    static final ChildJvm JVM =
        ChildJvm.rehearsed(
            "product",
            List.of("@bots/jvm.options"),
            it -> !TESTS.matcher(it).matches(),
            Installation.HOME,
            "-Djava.io.tmpdir=bots/target",
            Main.class.getName(),
            "train");
  }

  private static Map<String, String> environment(Plan plan) {
    Map<String, String> environment = new HashMap<>(plan.world().environment());
    environment.put("HOME", plan.folder().toString());
    environment.put("SOTTO_DATA_DIRECTORY", plan.data().toString());
    environment.put("SOTTO_ROOT_KEY", "file:" + plan.folder().resolve("keys/root.key"));
    return environment;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** What it has said on standard output. */
  String out() {
    return read(out);
  }

  /** What it has said on standard error. */
  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGSTOP: it does nothing any more, and its connections stay. */
  void freeze() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Its exit code, if it ends in time. */
  int exit(Duration within) throws InterruptedException {
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("it has not ended within " + within);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
