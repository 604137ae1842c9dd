package dev.sotto.bots;

import dev.sotto.backup.Backups;
import dev.sotto.crypto.Progress;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes backups in the process that runs, when another process of the same owner asks for one. They
 * meet in the folder {@code backup} of the data directory: the visitor leaves an empty file, named
 * by an id, and the desk puts the sealed files into a folder of that name. What is left there can
 * choose neither a place nor anything else, and nothing listens.
 */
@Singleton
final class BackupDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackupDesk.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final String REQUEST = ".request";
  private static final String PROGRESS = ".progress";
  private static final String DONE = ".done";
  private static final String FAILED = ".failed";

  private final Path folder;
  private final Backups backups;
  private volatile boolean closed;
  private final Thread thread = Thread.ofVirtual().name("backup").unstarted(this::run);

  BackupDesk(@Value("${sotto.data-directory:data}") Path data, Backups backups) {
    this.folder = folder(data);
    this.backups = backups;
  }

  /** Clears what was left behind, and begins to look. */
  void open() {
    try {
      Files.createDirectories(folder.getParent());
      clear(folder);
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      thread.start();
    } catch (IOException e) {
      LOG.warn("{} cannot be made; `bots/sotto backup` waits in vain while this runs", folder);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    try {
      while (!closed) {
        requests().forEach(this::serve);
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("{} cannot be read; backups are not made while this runs", folder);
    }
  }

  private List<UUID> requests() throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .map(it -> String.valueOf(it.getFileName()))
          .filter(it -> it.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.request"))
          .map(it -> UUID.fromString(it.substring(0, it.length() - REQUEST.length())))
          .toList();
    }
  }

  private void serve(UUID id) {
    try {
      Files.delete(folder.resolve(id + REQUEST));
      Path mine = Files.createDirectory(folder.resolve(id.toString()));
      Backups.Written written = backups.write(mine, mine, new Note(id));
      note(id, DONE, written.dataRows() + " " + written.keyRows());
      LOG.info("a backup was made for {}", id);
    } catch (RuntimeException | IOException e) {
      LOG.error("a backup failed: {}", Failures.line(e));
      try {
        note(id, FAILED, Failures.line(e));
      } catch (IOException full) {
        LOG.error("{} cannot be written to", folder);
      }
    }
  }

  /** At most every {@link #LOOK}. */
  private final class Note implements Progress {
    private final UUID id;
    private long next = System.nanoTime();

    Note(UUID id) {
      this.id = id;
    }

    @Override
    public void advance(long done, long total) {
      if (System.nanoTime() - next >= 0) {
        next = System.nanoTime() + LOOK.toNanos();
        try {
          note(id, PROGRESS, done + " " + total);
        } catch (IOException e) {
          LOG.warn("the progress of a backup cannot be told");
        }
      }
    }
  }

  private void note(UUID id, String kind, String line) throws IOException {
    NewFile.write(folder.resolve(id + kind), line.getBytes(StandardCharsets.UTF_8));
  }

  private static Path folder(Path data) {
    return data.toAbsolutePath().normalize().resolve("backup");
  }

  private static void clear(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** The other side: asks, waits, and takes the files away. */
  static final class Visitor {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path folder;
    private final UUID id = UUID.randomUUID();

    Visitor(Path data) {
      this.folder = folder(data);
    }

    Backups.Written ask(Path dataFolder, Path keysFolder, Progress progress)
        throws IOException, InterruptedException {
      if (!Files.isDirectory(folder)) {
        throw new IllegalArgumentException(
            "another process has the database in use, but does not make backups; stop it first");
      }
      NewFile.write(folder.resolve(id + REQUEST), new byte[0]);
      try {
        await(progress);
        List<Long> rows = numbers(folder.resolve(id + DONE));
        Path data = take("sotto-data-", dataFolder);
        return new Backups.Written(data, take("sotto-keys-", keysFolder), rows.get(0), rows.get(1));
      } finally {
        leave();
      }
    }

    private void await(Progress progress) throws IOException, InterruptedException {
      long heard = System.nanoTime();
      String before = "";
      while (!Files.exists(folder.resolve(id + DONE))) {
        Path failed = folder.resolve(id + FAILED);
        if (Files.exists(failed)) {
          throw new IllegalArgumentException(Files.readString(failed));
        }
        Path told = folder.resolve(id + PROGRESS);
        String now = Files.exists(told) ? Files.readString(told) : "";
        if (!now.equals(before)) {
          before = now;
          heard = System.nanoTime();
          List<Long> numbers = numbers(told);
          progress.advance(numbers.get(0), numbers.get(1));
        }
        if (System.nanoTime() - heard > PATIENCE.toNanos()) {
          throw new IllegalArgumentException(
              "the process that runs has not answered for "
                  + PATIENCE.toSeconds()
                  + " s; see its log");
        }
        Thread.sleep(PAUSE);
      }
    }

    private static List<Long> numbers(Path file) throws IOException {
      return Stream.of(Files.readString(file).strip().split(" ", 2)).map(Long::valueOf).toList();
    }

    /** Copied under another name first, because the folder may be on another disk. */
    private Path take(String prefix, Path to) throws IOException {
      try (Stream<Path> files = Files.list(folder.resolve(id.toString()))) {
        Path file =
            files
                .filter(it -> String.valueOf(it.getFileName()).startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new IOException("a file is gone"));
        Path draft = to.resolve(file.getFileName() + ".part");
        Files.move(file, draft, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(draft, to.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      }
    }

    private void leave() throws IOException {
      for (String kind : List.of(REQUEST, PROGRESS, DONE, FAILED)) {
        Files.deleteIfExists(folder.resolve(id + kind));
      }
      clear(folder.resolve(id.toString()));
    }
  }
}
