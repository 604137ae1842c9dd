package dev.sotto.bots.load;

import dev.sotto.crypto.RotationBeside;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that one load needs, in a folder of its own, and the report of it. */
final class Run implements AutoCloseable {
  private static final PrintStream OUT = System.out;
  private static final int MOST_NAMED = 10;
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Path folder = Files.createTempDirectory(Path.of("bots/target"), "load");
  private final Emulators emulators;
  private final Product product;

  /** What is put under load: where, and with which cipher. */
  record Options(
      Optional<String> cpus,
      boolean identity,
      boolean testClassPath,
      boolean rotating,
      List<String> jvm) {}

  /** Starts a run. */
  interface Start {
    Run start(Turns turns, ModelStub.Script script) throws IOException, GeneralSecurityException;
  }

  /** An even pace from now on. */
  static final class Clock {
    private static final long SECOND = 1_000_000_000;
    private final long begin = System.nanoTime();
    private final int rate;

    Clock(int rate) {
      this.rate = rate;
    }

    void await(int turn) {
      LockSupport.parkNanos(begin + turn * SECOND / rate - System.nanoTime());
    }
  }

  Run(Turns turns, ModelStub.Script script, Options options)
      throws IOException, GeneralSecurityException {
    emulators = new Emulators(turns, script);
    product =
        new Product(
            options.cpus(),
            jvm(options),
            emulators.environment(folder.toAbsolutePath()),
            folder.resolve("log"));
    OUT.printf("connected after %d ms%n", product.start().toMillis());
  }

  private List<String> jvm(Options chosen) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("data/tmp"));
    List<String> options = new ArrayList<>(chosen.jvm());
    options.add("-Djava.io.tmpdir=" + temporary);
    if (chosen.identity() || chosen.testClassPath() || chosen.rotating()) {
      options.addAll(List.of("-cp", System.getProperty("java.class.path")));
    } else {
      options.addAll(List.of("-XX:AOTCache=bots/target/sotto.aot", "-cp", "bots/target/lib/*"));
    }
    if (chosen.identity()) {
      options.add("-Dtwin=seals-nothing");
    }
    if (chosen.rotating()) {
      options.add("-D%s=%s".formatted(RotationBeside.PLACE, folder.resolve("rotations")));
    }
    return options;
  }

  Emulators emulators() {
    return emulators;
  }

  Product product() {
    return product;
  }

  /** When all keys were replaced beside it, if they were. */
  List<RotationBeside.Spell> rotations() throws IOException {
    Path told = folder.resolve("rotations");
    return Files.exists(told) ? RotationBeside.spells(told) : List.of();
  }

  void progress(boolean now, Turns turns) throws IOException {
    if (now) {
      OUT.printf(
          "said %d, asked %d, shown %d, CPU %d s, memory %d MiB%n",
          turns.said(), turns.asked(), turns.shown(), product.cpu().toSeconds(), product.memory());
    }
  }

  void await(BooleanSupplier condition, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** What is told of every load, and the head of the table. */
  void head(int turns, Duration cpu) throws IOException {
    OUT.printf(
        Locale.ROOT,
        "%nstart %d ms, %d turns measured, CPU %.2f ms a turn, memory %d MiB (peak %d)%n%n",
        product.start().toMillis(),
        turns,
        cpu.toNanos() / 1e6 / turns,
        product.memory(),
        product.peakMemory());
    OUT.println("| ms | p50 | p90 | p99 | max |\n|---|---|---|---|---|");
  }

  void row(String name, double[] ascending) {
    OUT.printf("| %s | %s |%n", name, Turns.percentiles(ascending));
  }

  void ratio(String name, double[] ascending, double[] ofThose) {
    OUT.printf("| %s | %s |%n", name, Turns.ratios(ascending, ofThose));
  }

  /** Says what is lost and what stands twice; 0 when nothing is. */
  int check(Turns turns) {
    Map<Integer, Integer> standing = emulators.lastWords();
    List<Integer> lost =
        IntStream.range(0, turns.most()).boxed().filter(it -> !standing.containsKey(it)).toList();
    long doubled = standing.values().stream().filter(it -> it > 1).count();
    OUT.printf("%n%d turns, %d lost, %d doubled%n", turns.most(), lost.size(), doubled);
    lost.stream().limit(MOST_NAMED).forEach(it -> OUT.println("lost: turn " + turns.fate(it)));
    return lost.isEmpty() && doubled == 0 ? 0 : 1;
  }

  /** What the product wrote to its output stays in the folder. */
  @Override
  public void close() throws IOException {
    product.close();
    emulators.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.endsWith("log") && !file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }
}
