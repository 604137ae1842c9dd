package dev.sotto.bots;

import dev.sotto.crypto.Cell;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.ColdScope;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Vault;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to seal a message of 1 KiB for its place and to open it there. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SealingBenchmark {
  private static final String MESSAGE = "0123456789abcdef".repeat(64);

  /** As shipped, keys at hand. */
  @Benchmark
  public String sealAndOpen(Shipped installation) {
    return installation.sealAndOpen();
  }

  /** The same way with a cipher, of the tests, that leaves everything as it is. */
  @Benchmark
  public String sealAndOpenWithTheIdentityCipher(Identity installation) {
    return installation.sealAndOpen();
  }

  /** The first time in a while: the key of the scope is read and unwrapped with its workspace's. */
  @Benchmark
  public String openCold(Shipped installation) {
    return installation.openCold();
  }

  /** What is read for that, alone. */
  @Benchmark
  public long readTheKey(Shipped installation) {
    return installation.readTheKey();
  }

  /** An installation with keys of its own, in a folder that is thrown away. */
  public abstract static class Installed {
    private final Path folder;
    private final ApplicationContext context;
    private final Vault vault;
    private final Cell cell;
    private final Ciphertext sealed;
    private final ColdScope cold;

    Installed(String twin) {
      folder = folder();
      context =
          Installation.open(
              Map.of(
                  "sotto.data-directory",
                  folder.resolve("data").toString(),
                  "sotto.root-key",
                  "file:" + folder.resolve("root.key"),
                  "twin",
                  twin));
      vault = context.getBean(Vault.class);
      var person = vault.person("slack:T1", "U1");
      cell = new Cell(Field.MESSAGE, person, UUID.randomUUID(), 1);
      sealed = vault.seal(cell, MESSAGE);
      cold = new ColdScope(context, person, sealed);
    }

    private static Path folder() {
      try {
        return Files.createTempDirectory("sealing");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String sealAndOpen() {
      return vault.open(cell, vault.seal(cell, MESSAGE));
    }

    long readTheKey() {
      return cold.read();
    }

    String openCold() {
      cold.forget();
      return vault.open(cell, sealed);
    }

    /** Closes its databases and removes the folder. */
    @TearDown
    public void close() throws IOException {
      context.close();
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** With the cipher that is shipped. */
  @State(Scope.Benchmark)
  public static class Shipped extends Installed {
    /** Made by JMH. */
    public Shipped() {
      super("none");
    }
  }

  /** With a cipher that seals nothing. */
  @State(Scope.Benchmark)
  public static class Identity extends Installed {
    /** Made by JMH. */
    public Identity() {
      super("seals-nothing");
    }
  }
}
