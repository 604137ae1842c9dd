package dev.sotto.bots;

import static org.awaitility.Awaitility.await;

import dev.sotto.ChildJvm;
import dev.sotto.FaultyDisk;
import dev.sotto.Hunger;
import dev.sotto.JumpingClock;
import dev.sotto.StepCrash;
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
   * @param kind what of the tests is in it
   * @param settings of its environment, beside those of every program here
   */
  record Plan(
      World world, Path folder, List<String> flags, Kind kind, Map<String, String> settings) {
    /** What of the tests is in a program. */
    enum Kind {
      /** Nothing. */
      PRODUCT,
      /** What stops it dead at a step, lets its clock jump, or takes its memory. */
      CRASHING,
      /** The same, where H2 knows a disk that does what it is ordered. */
      ON_FAULTY_DISK,
      /** Nothing is sealed, and no library is silenced. */
      TWIN
    }

    Plan {
      flags = List.copyOf(flags);
      settings = Map.copyOf(settings);
    }

    Plan(World world, Path folder) {
      this(world, folder, List.of(), Kind.PRODUCT, Map.of());
    }

    Plan(World world, Path folder, List<String> flags, boolean twins) {
      this(world, folder, flags, twins ? Kind.TWIN : Kind.PRODUCT, Map.of());
    }

    Plan with(Map<String, String> further) {
      Map<String, String> all = new HashMap<>(settings);
      all.putAll(further);
      return new Plan(world, folder, flags, kind, all);
    }

    /** That dies at the step that a file names. */
    Plan crashing(Path orders) {
      return ordered(StepCrash.ORDERS, orders, Kind.CRASHING);
    }

    /** Whose databases are on a {@link FaultyDisk}. */
    Plan onFaultyDisk(Path orders) {
      return ordered(FaultyDisk.ORDERS, orders, Kind.ON_FAULTY_DISK)
          .with(
              Map.of(
                  "DATASOURCES_DEFAULT_URL", "jdbc:h2:faulty:" + data().resolve("sotto"),
                  "DATASOURCES_KEYS_URL", "jdbc:h2:faulty:" + data().resolve("keys")));
    }

    /** Whose clock is ahead by what a file says. */
    Plan onJumpingClock(Path orders) {
      return ordered(JumpingClock.ORDERS, orders, Kind.CRASHING);
    }

    /** That takes all its memory once there is a file. */
    Plan hungry(Path orders) {
      return ordered(Hunger.ORDERS, orders, Kind.CRASHING);
    }

    private Plan ordered(String property, Path orders, Kind which) {
      List<String> more = new ArrayList<>(flags);
      more.add("-D" + property + "=" + orders);
      return new Plan(world, folder, more, which, settings);
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
    List<String> command =
        switch (plan.kind()) {
          case PRODUCT -> product(further);
          case CRASHING -> Crashing.JVM.command(further, Main.class.getName());
          case ON_FAULTY_DISK -> Crashing.JVM.command(further, OnFaultyDisk.class.getName());
          case TWIN -> twin(further);
        };
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
    command.add("-Dtwin=seals-nothing");
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

  /** Made when first used. */
  private static final class Crashing {
    static final ChildJvm JVM =
        ChildJvm.rehearsed(
            "crashing",
            List.of("@bots/jvm.options"),
            _ -> true,
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
    environment.putAll(plan.settings());
    return environment;
  }

  long pid() {
    return process.pid();
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

  /** SIGCONT: it goes on as if nothing had happened. */
  void thaw() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-CONT", Long.toString(process.pid())).start().waitFor();
  }

  /**
   * Bounds what the system gives it, by {@code prlimit}.
   *
   * @param resource such as {@code fsize}, how far a file may grow, as on a full disk
   * @param soft how much, or {@code unlimited}
   */
  void limit(String resource, String soft) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int status =
        new ProcessBuilder("prlimit", "--pid", pid, "--" + resource + "=" + soft + ":")
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("prlimit ended with " + status);
    }
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
