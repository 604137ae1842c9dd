package dev.sotto;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts programs in processes of their own that live for seconds, at half the cost: from jars and
 * from a cache of what a rehearsal has loaded (JEP 514), neither of which works with folders of
 * classes. Thread-safe.
 */
public final class ChildJvm {
  private static final Pattern CLASSES = Pattern.compile(".*[/\\\\](test-)?classes[/\\\\]?");
  static final Path FOLDER = Path.of("target", "child").toAbsolutePath();
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final List<String> options;
  private final String classPath;
  private final Path cache;

  private ChildJvm(List<String> options, String classPath, Path cache) {
    this.options = options;
    this.classPath = classPath;
    this.cache = cache;
  }

  /**
   * Readies the part of this process's class path that a program needs.
   *
   * @param name a folder for it below {@code target/child}
   * @param directory where the program works
   * @param rehearsal a main class and its words: a run that ends by itself with status 0
   */
  public static ChildJvm rehearsed(
      String name,
      List<String> options,
      Predicate<String> part,
      Path directory,
      String... rehearsal) {
    try {
      Path folder = Files.createDirectories(FOLDER.resolve(name));
      List<String> all = Stream.concat(SHORT_LIVED.stream(), options.stream()).toList();
      ChildJvm jvm = new ChildJvm(all, classPath(folder, part), folder.resolve("cache.aot"));
      jvm.rehearse(directory, folder.resolve("said").toFile(), rehearsal);
      return jvm;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program of this module's tests. */
  public static ProcessBuilder of(Class<?> main, String... arguments) {
    List<String> command = Own.JVM.command(List.of(), main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** What starts a main class; its words may be added. */
  public List<String> command(List<String> further, String main) {
    List<String> command = java("-XX:AOTCache=" + cache, "-XX:AOTMode=auto", "-Xlog:disable");
    command.addAll(further);
    command.addAll(List.of("-cp", classPath, main));
    return command;
  }

  private List<String> java(String... first) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(first));
    command.addAll(options);
    return command;
  }

  private void rehearse(Path directory, File said, String... words) throws IOException {
    List<String> command = java("-XX:AOTCacheOutput=" + cache);
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said)
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("a rehearsal failed: " + Files.readString(said.toPath()));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String classPath(Path folder, Predicate<String> part) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(part)
        .map(Path::of)
        .filter(it -> Files.isRegularFile(it) || CLASSES.matcher(it.toString()).matches())
        .map(it -> Files.isDirectory(it) ? jar(folder, it) : it)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path jar(Path folder, Path classes) {
    Path jar = folder.resolve(Integer.toHexString(classes.hashCode()) + ".jar");
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    String[] words = {"-c", "-0", "-f", jar.toString(), "-C", classes.toString(), "."};
    if (tool.run(out, out, words) != 0) {
      throw new IllegalStateException("no jar could be made of " + classes);
    }
    return jar;
  }

  /** Made when first used. */
  private static final class Own {
    static final ChildJvm JVM =
        rehearsed("core", List.of(), _ -> true, Path.of("."), Rehearsal.class.getName());
  }
}
