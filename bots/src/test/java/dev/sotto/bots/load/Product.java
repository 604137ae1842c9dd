package dev.sotto.bots.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program under load: {@code run} in a process of its own, as the launcher starts it. */
final class Product implements AutoCloseable {
  private static final long KIB_A_MIB = 1_024;
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Process process;
  private final Duration start;

  /**
   * Returns when it is connected.
   *
   * @param cpus the processors that it may use, as for taskset; empty leaves it all
   * @param options further options of its JVM
   */
  Product(Optional<String> cpus, List<String> options, Map<String, String> environment, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    cpus.ifPresent(list -> command.addAll(List.of("taskset", "-c", list)));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@bots/jvm.options");
    command.addAll(options);
    command.addAll(List.of("dev.sotto.bots.Main", "run"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.directory(Path.of(System.getProperty("sotto.home", ".")).toFile());
    builder.redirectErrorStream(true);
    long begin = System.nanoTime();
    process = builder.start();
    awaitConnected(log);
    start = Duration.ofNanos(System.nanoTime() - begin);
  }

  private void awaitConnected(Path log) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder lines = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.append(line).append('\n');
      if (line.startsWith("sotto: running")) {
        Thread.ofVirtual().start(() -> drain(out, log));
        return;
      }
    }
    throw new IOException("the product did not start:\n" + lines);
  }

  private static void drain(BufferedReader out, Path log) {
    try (var writer = Files.newBufferedWriter(log)) {
      out.transferTo(writer);
    } catch (IOException _) {
      // The process is gone, and with it its last words.
    }
  }

  Duration start() {
    return start;
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The most memory it ever had, in MiB. */
  long peakMemory() throws IOException {
    return status("VmHWM") / KIB_A_MIB;
  }

  /** The memory it has, in MiB. */
  long memory() throws IOException {
    return status("VmRSS") / KIB_A_MIB;
  }

  long threads() throws IOException {
    return status("Threads");
  }

  /** Open files and sockets. */
  long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return open.count();
    }
  }

  private long status(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
