package dev.sotto.database;

import java.nio.file.Path;
import java.util.Optional;

/** Tells by its address whether a database runs in this program, and where its file is. */
public final class Embedded {
  /** How all addresses of embedded databases begin. */
  private static final String SCHEME = "jdbc:h2:";

  private static final String FILE = "file:";
  private static final String MEMORY = "mem:";

  private Embedded() {}

  /** Whether no other program can be connected to it. */
  public static boolean is(String url) {
    return url.startsWith(SCHEME);
  }

  /** Where it is written, if it is: H2 takes {@code jdbc:h2:./x} for a file, too. */
  public static Optional<Path> file(String url) {
    if (!is(url) || url.startsWith(MEMORY, SCHEME.length())) {
      return Optional.empty();
    }
    String path = url.substring(SCHEME.length()).split(";", 2)[0];
    String name = path.startsWith(FILE) ? path.substring(FILE.length()) : path;
    String home =
        name.startsWith("~/") ? System.getProperty("user.home") + name.substring(1) : name;
    return Optional.of(Path.of(home + ".mv.db"));
  }
}
