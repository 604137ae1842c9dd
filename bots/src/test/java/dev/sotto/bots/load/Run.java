package dev.sotto.bots.load;

import dev.sotto.bots.Postgres;
import dev.sotto.crypto.RotationBeside;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
  private final Optional<Postgres> postgres;
  private final Options options;
  private final Map<String, String> environment;
  private final List<Product> products = new ArrayList<>();

  /**
   * What is put under load: where, and with which cipher.
   *
   * @param replicas how many programs on one PostgreSQL; 0 is one on H2
   */
  record Options(
      int replicas,
      Optional<String> cpus,
      boolean identity,
      boolean testClassPath,
      boolean rotating,
      List<String> jvm) {}

  /** Starts a run. */
  interface Start {
    Run start(Turns turns, ModelStub.Script script)
        throws IOException, GeneralSecurityException, SQLException;
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
      throws IOException, GeneralSecurityException, SQLException {
    emulators = new Emulators(turns, script);
    this.options = options;
    Path place = folder.toAbsolutePath();
    postgres =
        options.replicas() == 0
            ? Optional.empty()
            : Optional.of(Postgres.start(Files.createDirectories(place.resolve("postgres"))));
    environment = new HashMap<>(emulators.environment(place));
    if (postgres.isPresent()) {
      environment.putAll(postgres.get().environment());
    }
    launch();
  }

  private void launch() throws IOException {
    for (int i = 0; i < Math.max(1, options.replicas()); i++) {
      products.add(launch(i));
    }
  }

  private Product launch(int replica) throws IOException {
    environment.put(
        "SOTTO_DATA_DIRECTORY", folder.toAbsolutePath().resolve("data" + replica).toString());
    Product product =
        new Product(
            options.cpus(), jvm(options, replica), environment, folder.resolve("log" + replica));
    OUT.printf("connected after %d ms%n", product.start().toMillis());
    return product;
  }

  /** Kills all programs, lets something happen, and starts them again. */
  void whileDead(Runnable meanwhile) throws IOException {
    products.forEach(Product::kill);
    products.clear();
    meanwhile.run();
    launch();
  }

  /** Kills one program after the other, lets something happen, and starts it again. */
  void whileOneIsDead(int round, Runnable meanwhile) throws IOException {
    int which = round % products.size();
    products.get(which).kill();
    meanwhile.run();
    products.set(which, launch(which));
  }

  private List<String> jvm(Options chosen, int replica) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("data" + replica + "/tmp"));
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

  /** The time that the processors spent on all programs. */
  Duration cpu() {
    return products.stream().map(Product::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  /** What each program holds now, by the eye of the system. */
  private String holdings() throws IOException {
    List<String> held = new ArrayList<>();
    for (Product it : products) {
      held.add(
          "%d MiB, %d threads, %d descriptors"
              .formatted(it.memory(), it.threads(), it.descriptors()));
    }
    return String.join("; ", held);
  }

  /** When all keys were replaced beside it, if they were. */
  List<RotationBeside.Spell> rotations() throws IOException {
    Path told = folder.resolve("rotations");
    return Files.exists(told) ? RotationBeside.spells(told) : List.of();
  }

  void progress(boolean now, Turns turns) throws IOException {
    if (now) {
      OUT.printf(
          "said %d, asked %d, shown %d, CPU %d s, %s%n",
          turns.said(), turns.asked(), turns.shown(), cpu().toSeconds(), holdings());
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
        "%nstart %d ms, %d turns measured, CPU %.2f ms a turn, %s (peak %d MiB)%n%n",
        products.getFirst().start().toMillis(),
        turns,
        cpu.toNanos() / 1e6 / turns,
        holdings(),
        products.getFirst().peakMemory());
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
    products.forEach(Product::close);
    emulators.close();
    postgres.ifPresent(Postgres::close);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.getFileName().toString().startsWith("log") && !file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }
}
