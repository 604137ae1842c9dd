package dev.sotto.bots;

import dev.sotto.backup.Backups;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code backup}: two sealed files, also while Sotto runs. An embedded database belongs to the
 * process that runs: that one is asked to make them ({@link BackupDesk}).
 */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description =
        "Write the data and the keys into two sealed files, also while Sotto runs. Keep the file"
            + " of keys apart and for a short time: with it the erased can be read again.")
final class BackupCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", description = "Of the files; made if it is not there.")
  private Path folder = Path.of("");

  @Option(names = "--keys", paramLabel = "FOLDER", description = "Another folder for the keys.")
  private @Nullable Path keys;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path keysFolder = Optional.ofNullable(keys).orElse(folder);
    return backup(Map.of(), folder, keysFolder);
  }

  /**
   * Writes the files and says where.
   *
   * @param overrides properties that win over files and environment
   */
  static int backup(Map<String, Object> overrides, Path folder, Path keysFolder)
      throws IOException, InterruptedException {
    for (Path place : new Path[] {folder, keysFolder}) {
      Files.createDirectories(place);
    }
    Backups.Written written;
    try (ProgressBar bar = ProgressBar.of("Backup")) {
      written = write(overrides, folder, keysFolder, bar);
    }
    System.out.printf("sotto: %d rows of data in %s%n", written.dataRows(), written.data());
    System.out.printf("sotto: %d rows of keys in %s%n", written.keyRows(), written.keys());
    return 0;
  }

  private static Backups.Written write(
      Map<String, Object> overrides, Path folder, Path keysFolder, ProgressBar bar)
      throws IOException, InterruptedException {
    try (ApplicationContext context = Installation.open(overrides)) {
      return context.getBean(Backups.class).write(folder, keysFolder, bar);
    } catch (RuntimeException e) {
      if (!Failures.inUse(e)) {
        throw e;
      }
      Path data = Installation.dataDirectory(overrides);
      return new BackupDesk.Visitor(data).ask(folder, keysFolder, bar);
    }
  }
}
