package dev.sotto.database;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells by its address whether a database runs in this program, and where its file is. */
public final class Embedded {
  /** How all addresses of embedded databases begin. */
  private static final String SCHEME = "jdbc:h2:";

  private static final String MEMORY = "mem:";
  private static final Set<String> USUAL = Set.of("", "file:", "nio:");

  /** H2's file systems, the path, the settings; one letter is a drive of Windows. */
  private static final Pattern PATH =
      Pattern.compile(SCHEME + "(?<systems>(?:\\w{2,}:)*)(?<path>[^;]*)(?<settings>.*)");

  private Embedded() {}

  /** Whether no other program can be connected to it. */
  public static boolean is(String url) {
    return url.startsWith(SCHEME);
  }

  /** Where it is written, if it is: H2 takes {@code jdbc:h2:./x} for a file, too. */
  public static Optional<Path> file(String url) {
    return inFile(url)
        .map(it -> {
          String path = it.group("path");
          String home =
              path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
          return Path.of(home + ".mv.db");
        });
  }

  /**
   * The same database in {@link UninterruptibleFiles}. An address that names a file system other
   * than H2's usual one is left as it is.
   */
  static String uninterruptible(String url) {
    return inFile(url)
        .filter(it -> USUAL.contains(it.group("systems")))
        .map(it ->
            SCHEME + UninterruptibleFiles.SCHEME + ":" + it.group("path") + it.group("settings"))
        .orElse(url);
  }

  private static Optional<Matcher> inFile(String url) {
    return Optional.of(PATH.matcher(url))
        .filter(Matcher::matches)
        .filter(it -> !it.group("systems").startsWith(MEMORY));
  }
}
