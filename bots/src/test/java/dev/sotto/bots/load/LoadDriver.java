package dev.sotto.bots.load;

import dev.sotto.bots.HistoryBenchmark;
import dev.sotto.crypto.ResealingBenchmark;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Talks to the product on both platforms at once, and reports as Markdown. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = "Puts the whole product under load against the sandbox and a model stub.")
final class LoadDriver {
  @Option(names = "--cpus", description = "Processors of the product, as for taskset: 0 or 0,1.")
  private Optional<String> cpus = Optional.empty();

  @Option(names = "--identity-cipher", description = "Seals nothing (a class of the tests).")
  private boolean identity;

  @Option(names = "--test-class-path", description = "The same class path, sealing as usual.")
  private boolean testClassPath;

  @Option(
      names = "--rotating",
      description = "Replaces all keys over and over beside it (a class of the tests).")
  private boolean rotating;

  @Option(
      names = "--replicas",
      defaultValue = "0",
      description = "So many programs on one PostgreSQL; without it, one on H2.")
  private int replicas;

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
      @Option(names = "--warm", defaultValue = "60", description = "Seconds before it counts.")
          int warm,
      @Option(names = "--conversations", defaultValue = "1000") int conversations)
      throws IOException, GeneralSecurityException, SQLException {
    return new Pace(rate, seconds, warm, conversations).run(this::start);
  }

  @Command(name = "crowd", description = "So many answers that stream at the same time.")
  int crowd(
      @Option(names = "--streams", defaultValue = "5000") int streams,
      @Option(names = "--rate", defaultValue = "100") int rate,
      @Option(names = "--pause", defaultValue = "2000", description = "Between pieces, in ms.")
          int pause)
      throws IOException, GeneralSecurityException, SQLException {
    return new Crowd(streams, rate, pause).run(this::start);
  }

  @Command(name = "away", description = "People go on while the product is dead for a while.")
  int away(
      @Option(names = "--seconds", defaultValue = "600") int seconds,
      @Option(names = "--rate", defaultValue = "1", description = "Messages a second meanwhile.")
          int rate,
      @Option(names = "--conversations", defaultValue = "100") int conversations)
      throws IOException, GeneralSecurityException, SQLException {
    return new Away(seconds, rate, conversations).run(this::start);
  }

  @Command(
      name = "takeover",
      description = "Kills one program of several over and over; needs --replicas 2 or more.")
  int takeover(
      @Option(names = "--rounds", defaultValue = "20") int rounds,
      @Option(names = "--conversations", defaultValue = "40") int conversations)
      throws IOException, GeneralSecurityException, SQLException {
    if (replicas < 2) {
      throw new IllegalArgumentException("takeover needs --replicas 2 or more");
    }
    return new Takeover(rounds, conversations).run(this::start);
  }

  @Command(name = "seal", description = "Seals and opens 1 KiB, with JMH.")
  int seal() throws RunnerException {
    var _ = new Runner(new OptionsBuilder().include("SealingBenchmark").build()).run();
    return 0;
  }

  @Command(
      name = "reseal",
      description = "Seals rows again and wraps keys again, on both databases.")
  int reseal() throws IOException {
    ResealingBenchmark.main();
    return 0;
  }

  @Command(name = "history", description = "Append and recall beside few and many rows of others.")
  int history(
      @Option(names = "--few", defaultValue = "10000") long few,
      @Option(names = "--many", defaultValue = "10000000") long many)
      throws IOException, SQLException {
    HistoryBenchmark.run(few, many);
    return 0;
  }

  private Run start(Turns turns, ModelStub.Script script)
      throws IOException, GeneralSecurityException, SQLException {
    return new Run(
        turns, script, new Run.Options(replicas, cpus, identity, testClassPath, rotating, jvm));
  }
}
