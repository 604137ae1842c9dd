package dev.sotto.bots.load;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Talks to the product on both platforms at once, and reports as Markdown. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = "Puts the whole product under load against the sandbox and a model stub.")
final class LoadDriver {
  private static final PrintStream OUT = System.out;
  private static final int MOST_TURNS = 200_000;

  @Option(names = "--cpus", description = "Processors of the product, as for taskset: 0 or 0,1.")
  private Optional<String> cpus = Optional.empty();

  @Option(names = "--identity-cipher", description = "Seals nothing (a class of the tests).")
  private boolean identity;

  @Option(names = "--test-class-path", description = "The same class path, sealing as usual.")
  private boolean testClassPath;

  @Option(names = "--jvm", description = "A further option of the product's JVM.")
  private List<String> jvm = List.of();

  private LoadDriver() {}

  /** Runs one of the loads and ends with status 1 when something was lost or doubled. */
  public static void main(String... args) {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.exit(new CommandLine(new LoadDriver()).execute(args));
  }

  @Command(name = "pace", description = "So many turns a second for a while.")
  int pace(
      @Option(names = "--rate", defaultValue = "100") int rate,
      @Option(names = "--seconds", defaultValue = "60") int seconds,
      @Option(names = "--warm", defaultValue = "20") int warm,
      @Option(names = "--conversations", defaultValue = "200") int conversations)
      throws IOException, GeneralSecurityException {
    Turns turns = new Turns(MOST_TURNS);
    try (Run run = new Run(turns, (turn, voice) -> talk(turns, turn, voice));
        ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Emulators.Talk> threads = new ArrayList<>();
      int warmed = conversations + rate * warm;
      int last = warmed + rate * seconds;
      Duration cpu = Duration.ZERO;
      long begin = System.nanoTime();
      for (int next = 0; next < last; next++) {
        int turn = next;
        LockSupport.parkNanos(begin + turn * 1_000_000_000L / rate - System.nanoTime());
        if (turn == warmed) {
          cpu = run.product.cpu();
        }
        turns.said(turn);
        if (turn < conversations) {
          threads.add(run.emulators.begin(turn, turn));
        } else {
          people.execute(() -> threads.get(turn % conversations).say(turn));
        }
        if (turn % (5 * rate) == 0) {
          OUT.printf("%d of %d turns said%n", turn, last);
        }
      }
      await(() -> turns.shownAmong(it -> it < last) == last, Duration.ofSeconds(30));
      report(run, turns, warmed, last, run.product.cpu().minus(cpu));
      return run.check(turns, last);
    }
  }

  /** An answer of 12 pieces in about 300 ms. */
  private static void talk(Turns turns, int turn, ModelStub.Voice voice)
      throws IOException, InterruptedException {
    turns.asked(turn);
    for (int piece = 0; piece < 12; piece++) {
      voice.say("Here is a piece of advice, number %d. ".formatted(piece));
      Thread.sleep(25);
    }
    voice.say("end-%06d.".formatted(turn));
    turns.done(turn);
  }

  private static void report(Run run, Turns turns, int warmed, int last, Duration cpu)
      throws IOException {
    OUT.printf(
        Locale.ROOT,
        "%nstart %d ms, %d turns measured, CPU %.2f ms a turn, memory %d MiB (peak %d)%n%n",
        run.product.start().toMillis(),
        last - warmed,
        cpu.toNanos() / 1e6 / (last - warmed),
        run.product.memory(),
        run.product.peakMemory());
    OUT.println("| ms | p50 | p90 | p99 | max |\n|---|---|---|---|---|");
    IntPredicate measured = turn -> turn >= warmed && turn < last;
    row("own share", turns.ownShare(measured));
    row("said to model asked", turns.before(measured));
    row("model done to last word shown", turns.after(measured));
    row("own share, Slack", turns.ownShare(turn -> measured.test(turn) && turn % 2 == 0));
    row("own share, Discord", turns.ownShare(turn -> measured.test(turn) && turn % 2 == 1));
  }

  private static void row(String name, double[] ascending) {
    OUT.printf("| %s | %s |%n", name, Turns.percentiles(ascending));
  }

  @Command(name = "crowd", description = "So many answers that stream at the same time.")
  int crowd(
      @Option(names = "--streams", defaultValue = "5000") int streams,
      @Option(names = "--rate", defaultValue = "100") int rate,
      @Option(names = "--pause", defaultValue = "2000", description = "Between pieces, in ms.")
          int pause)
      throws IOException, GeneralSecurityException {
    Turns turns = new Turns(streams);
    IntPredicate all = _ -> true;
    try (Run run =
        new Run(
            turns,
            (turn, voice) -> {
              turns.asked(turn);
              for (int piece = 0; !turns.allAsked(); piece++) {
                voice.say("Here is a piece of advice, number %d. ".formatted(piece));
                Thread.sleep(pause);
              }
              voice.say("end-%06d.".formatted(turn));
              turns.done(turn);
            })) {
      long begin = System.nanoTime();
      for (int turn = 0; turn < streams; turn++) {
        LockSupport.parkNanos(begin + turn * 1_000_000_000L / rate - System.nanoTime());
        turns.said(turn);
        var _ = run.emulators.begin(turn, turn);
        if (turn % (5 * rate) == 0) {
          progress(run, turns, all);
        }
      }
      for (int i = 0; i < 60 && turns.shownAmong(all) < streams; i++) {
        await(() -> turns.shownAmong(all) == streams, Duration.ofSeconds(5));
        progress(run, turns, all);
      }
      OUT.printf(
          Locale.ROOT,
          "%nstart %d ms, CPU %.2f ms a turn, memory %d MiB (peak %d)%n%n| ms | p50 | p90 | p99 |"
              + " max |%n|---|---|---|---|---|%n",
          run.product.start().toMillis(),
          run.product.cpu().toNanos() / 1e6 / streams,
          run.product.memory(),
          run.product.peakMemory());
      row("said to model asked", turns.before(all));
      row("model done to last word shown", turns.after(all));
      return run.check(turns, streams);
    }
  }

  private static void progress(Run run, Turns turns, IntPredicate all) throws IOException {
    OUT.printf(
        "asked %d, shown %d, CPU %d s, memory %d MiB%n",
        turns.askedSoFar(),
        turns.shownAmong(all),
        run.product.cpu().toSeconds(),
        run.product.memory());
  }

  private static void await(BooleanSupplier condition, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  /** Everything that one load needs, and the folder where the product keeps its data. */
  private final class Run implements AutoCloseable {
    private final Path folder = Files.createTempDirectory(Path.of("bots/target"), "load");
    private final Emulators emulators;
    private final Product product;

    Run(Turns turns, ModelStub.Script script) throws IOException, GeneralSecurityException {
      emulators = new Emulators(turns, script);
      product =
          new Product(
              cpus,
              options(),
              emulators.environment(folder.toAbsolutePath()),
              folder.resolve("log"));
      OUT.printf("connected after %d ms%n", product.start().toMillis());
    }

    private List<String> options() throws IOException {
      Path temporary = Files.createDirectories(folder.resolve("data/tmp"));
      List<String> options = new ArrayList<>(jvm);
      options.add("-Djava.io.tmpdir=" + temporary);
      if (identity || testClassPath) {
        options.addAll(List.of("-cp", System.getProperty("java.class.path")));
      } else {
        options.add("-XX:AOTCache=bots/target/sotto.aot");
        options.addAll(List.of("-cp", "bots/target/lib/*"));
      }
      if (identity) {
        options.add("-Dtwin=seals-nothing");
      }
      return options;
    }

    /** Says what is lost and what stands twice; 0 when nothing is. */
    int check(Turns turns, int count) {
      Map<Integer, Integer> standing = emulators.lastWords();
      List<Integer> lost =
          IntStream.range(0, count).boxed().filter(it -> !standing.containsKey(it)).toList();
      long doubled = standing.values().stream().filter(it -> it > 1).count();
      OUT.printf("%n%d turns, %d lost, %d doubled%n", count, lost.size(), doubled);
      lost.stream().limit(10).forEach(it -> OUT.println("lost: turn " + turns.fate(it)));
      return lost.isEmpty() && doubled == 0 ? 0 : 1;
    }

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
}
