package dev.sotto.bots;

import dev.sotto.backup.Restore;
import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.Inspection;
import dev.sotto.crypto.SealedFiles.Kind;
import dev.sotto.memory.Chains;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}: checks backups, and fills empty databases with them. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description =
        "Check a backup (--verify), or fill an empty data database with one (--data). Today's keys"
            + " stay: whoever was erased since stays unreadable. --keys brings back the keys of"
            + " that time too, and with them the erased.")
final class RestoreCommand implements Callable<Integer> {
  @Option(names = "--verify", description = "Open and check everything; change nothing.")
  private boolean verify;

  @Option(names = "--data", paramLabel = "FILE", description = "Into an empty data database.")
  private @Nullable Path data;

  @Option(names = "--keys", paramLabel = "FILE", description = "Into an empty key store, too.")
  private @Nullable Path keys;

  @Option(
      names = "--erased-may-return",
      description = "Needed with --keys: I know that the erased can be read again.")
  private boolean erasedMayReturn;

  @Parameters(arity = "0..2", paramLabel = "FILE", description = "To verify: files, or a folder.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    Path from = data;
    if (verify == (from != null)) {
      throw new IllegalArgumentException("restore takes either --verify or --data");
    }
    if (from == null) {
      return verify(Map.of(), files, System.out);
    }
    if (!files.isEmpty()) {
      throw new IllegalArgumentException("restore --data takes no further files");
    }
    return restore(Map.of(), from, Optional.ofNullable(keys));
  }

  private int restore(Map<String, Object> overrides, Path from, Optional<Path> keyFile) {
    if (keyFile.isPresent() != erasedMayReturn) {
      throw new IllegalArgumentException(
          erasedMayReturn
              ? "restore: --erased-may-return has a meaning with --keys only"
              : "restore --keys brings back whoever was erased since that backup: without it"
                  + " today's keys stay; if it is meant, add --erased-may-return");
    }
    List<Restore.Checked> restored = load(overrides, from, keyFile);
    restored.forEach(it -> tell(it, System.out));
    try (ApplicationContext context = Installation.open(overrides)) {
      System.out.printf(
          "sotto: %d conversations and choices are taken as they were then%n",
          context.getBean(Anchors.class).accept());
    }
    System.out.println(
        "sotto: the audit log may end earlier than its anchor; then move that file away"
            + " (sotto.audit-anchor, or audit.anchor beside the root key)");
    System.out.println("sotto: restored; `bots/sotto doctor` looks whether all is well");
    return 0;
  }

  /** With databases that are left as they are, without tables. */
  private static List<Restore.Checked> load(
      Map<String, Object> overrides, Path from, Optional<Path> keyFile) {
    try (ApplicationContext context = Installation.open(withoutTables(overrides))) {
      Restore restore = context.getBean(Restore.class);
      return keyFile.map(it -> restore.both(from, it)).orElseGet(() -> List.of(restore.data(from)));
    }
  }

  /** A restore makes the tables itself, by a connection of the pool, which therefore stays. */
  private static Map<String, Object> withoutTables(Map<String, Object> overrides) {
    Map<String, Object> properties = new HashMap<>(overrides);
    for (String name : List.of("default", "keys")) {
      properties.put("flyway.datasources." + name + ".enabled", false);
      properties.put("datasources." + name + ".max-lifetime", 0);
    }
    return properties;
  }

  /**
   * Checks files, and restores them into a place that is thrown away to open every row.
   *
   * @param overrides properties that win over files and environment
   * @return 0 when all is well, else 1
   */
  static int verify(Map<String, Object> overrides, List<Path> given, PrintStream out)
      throws IOException {
    Path folder = Files.createTempDirectory("verify");
    try {
      Map<String, Object> apart = new HashMap<>(overrides);
      apart.put("sotto.data-directory", folder.toString());
      for (String name : List.of("default", "keys")) {
        apart.put("datasources." + name + ".url", "jdbc:h2:file:" + folder.resolve(name));
      }
      Map<Kind, Path> files = checked(apart, chosen(given), out);
      Path ofData = files.get(Kind.DATA);
      Path ofKeys = files.get(Kind.KEYS);
      if (ofData == null || ofKeys == null) {
        out.println("sotto: without both files the rows themselves were not opened");
        return 0;
      }
      load(apart, ofData, Optional.of(ofKeys));
      try (ApplicationContext context = Installation.open(apart);
          ProgressBar bar = ProgressBar.of("Verify")) {
        int status = tell(context.getBean(Inspection.class).inspect(bar), out);
        context.getBean(Anchors.class).accept(); // The keys were copied after the data.
        return Math.max(status, tell(context.getBean(Chains.class).verify(bar), out));
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private static Map<Kind, Path> checked(
      Map<String, Object> apart, List<Path> files, PrintStream out) {
    Map<Kind, Path> found = new HashMap<>();
    try (ApplicationContext context = Installation.open(withoutTables(apart))) {
      for (Path file : files) {
        Restore.Checked checked = context.getBean(Restore.class).check(file);
        tell(checked, out);
        found.put(checked.label().kind(), file);
      }
    }
    return found;
  }

  /** The newest of a folder, by their names, or the files themselves. */
  private static List<Path> chosen(List<Path> given) throws IOException {
    if (given.isEmpty()) {
      throw new IllegalArgumentException("restore --verify takes a folder, or one or two files");
    }
    if (given.size() > 1 || !Files.isDirectory(given.getFirst())) {
      return given;
    }
    try (Stream<Path> files = Files.list(given.getFirst())) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      List<Path> newest =
          Stream.of("sotto-data-", "sotto-keys-")
              .flatMap(prefix ->
                  all.stream()
                      .filter(
                          it -> String.valueOf(it.getFileName()).matches(prefix + ".*\\.backup"))
                      .limit(1))
              .toList();
      if (newest.isEmpty()) {
        throw new IllegalArgumentException(given.getFirst() + " holds no backup");
      }
      return newest;
    }
  }

  private static void tell(Restore.Checked checked, PrintStream out) {
    out.printf(
        "sotto: %s of %s, version %s: %d rows, whole and unaltered%n",
        checked.label().kind(), checked.label().at(), checked.version(), checked.rows());
  }

  private static int tell(Inspection.Inspected found, PrintStream out) {
    out.printf(
        "sotto: %d sealed values open, %d are erased, %d do not verify%n",
        found.opened(), found.erased(), found.broken());
    found.told().forEach(it -> out.println("sotto: " + it));
    return found.broken() == 0 ? 0 : 1;
  }

  private static int tell(Chains.Report found, PrintStream out) {
    out.printf(
        "sotto: %d conversations with %d messages, %d of them broken, %d messages damaged%n",
        found.conversations(), found.messages(), found.broken(), found.damaged());
    return found.clean() ? 0 : 1;
  }
}
