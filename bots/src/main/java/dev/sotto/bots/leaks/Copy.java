package dev.sotto.bots.leaks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The program once more, in a process of its own: the same classes and flags, every logger of every
 * library at its most talkative, and nothing from outside but the settings it is given.
 */
final class Copy implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;
  private static final String READY = "sotto: running";
  private static final List<String> TALKATIVE =
      List.of(
          "-Djdk.httpclient.HttpClient.log=all",
          "-Djdk.internal.httpclient.debug=true",
          "-Djavax.net.debug=all");
  private static final String TRACE =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %level %logger [%thread] %mdc %msg %kvp%n%ex{full}</pattern></encoder>
        </appender>
        <root level="TRACE"><appender-ref ref="OUT"/></root>
      </configuration>
      """;
  private static final String ALL =
      """
      handlers=java.util.logging.ConsoleHandler
      java.util.logging.ConsoleHandler.level=ALL
      .level=ALL
      """;

  private final Process process;
  private final CountDownLatch ready = new CountDownLatch(1);

  /**
   * What to start.
   *
   * @param home of the program: its flags and its configuration
   * @param written where all goes that it writes
   * @param operator where its settings are, which are not looked at
   */
  record Plan(
      Path home, Path written, Path operator, Map<String, String> environment, String main) {
    Plan {
      environment = Map.copyOf(environment);
    }
  }

  private Copy(Process process) {
    this.process = process;
  }

  /**
   * Starts it and waits until it runs.
   *
   * @throws IllegalStateException it does not within two minutes
   */
  static Copy start(Plan plan) throws IOException, InterruptedException {
    Path said = Files.createDirectories(plan.written().resolve("said"));
    Path log = Files.createTempFile(said, "run", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command(plan)).directory(plan.home().toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(plan.environment());
    Copy copy = new Copy(builder.start());
    Thread.ofVirtual().start(() -> copy.keep(log));
    if (!copy.ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || !copy.process.isAlive()) {
      copy.close();
      throw new IllegalStateException("a copy of the program did not start; see " + log);
    }
    return copy;
  }

  private static List<String> command(Plan plan) throws IOException {
    Path temporary = Files.createDirectories(plan.written().resolve("data/tmp"));
    Path trace = Files.writeString(plan.operator().resolve("trace.xml"), TRACE);
    Path all = Files.writeString(plan.operator().resolve("all.properties"), ALL);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@bots/jvm.options");
    command.add("-XX:ErrorFile=" + temporary.resolve("hs_err_%p.log"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(TALKATIVE);
    command.add("-Dlogback.configurationFile=" + trace);
    command.add("-Djava.util.logging.config.file=" + all);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), plan.main(), "run"));
    return command;
  }

  /** Keeps what it says, as a service manager would. */
  private void keep(Path log) {
    try (BufferedReader lines = process.inputReader();
        var out = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write(line);
        out.newLine();
        if (line.startsWith(READY)) {
          out.flush();
          ready.countDown();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ready.countDown();
    }
  }

  /** As a power cut would, for this process. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** As a fault in native code would: the JVM writes its crash report. */
  void crash() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-SEGV", Long.toString(process.pid())).start().waitFor();
    end();
  }

  /** As a service manager would. */
  void stop() throws InterruptedException {
    process.toHandle().destroy(); // Unlike the process itself it leaves what is still to be said.
    end();
  }

  private void end() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a copy of the program did not end within two minutes");
    }
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
