package dev.sotto.backup;

import dev.sotto.backup.StoreRows.Store;
import dev.sotto.crypto.Progress;
import dev.sotto.crypto.SealedFiles;
import dev.sotto.crypto.SealedFiles.Kind;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Makes backups while others write: the data and the keys as they were at one moment each, in two
 * sealed files. The keys are looked at after the data, and there is no backup in which the data
 * names a key version that the keys lack.
 */
@Singleton
public class Backups {
  private static final int TRIES = 5;
  private static final int BUFFER = 1 << 16;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final StoreRows stores;
  private final SealedFiles files;
  private final Clock clock;

  Backups(StoreRows stores, SealedFiles files, Clock clock) {
    this.stores = stores;
    this.files = files;
    this.clock = clock;
  }

  /**
   * What was written.
   *
   * @param dataRows in the file of data
   * @param keyRows in the file of keys
   */
  public record Written(Path data, Path keys, long dataRows, long keyRows) {}

  /**
   * Writes {@code sotto-data-TIME.backup} and {@code sotto-keys-TIME.backup}, each as a whole or
   * not at all, for their owner alone.
   *
   * @throws BackupException a rotation would not let it be, or a folder cannot be written to
   */
  public Written write(Path dataFolder, Path keysFolder, Progress progress) {
    for (int left = TRIES; left > 0; left--) {
      Set<Integer> before = indexKeys();
      try (SnapshotRows data = stores.snapshot(Store.DATA);
          SnapshotRows keys = stores.snapshot(Store.KEYS)) {
        if (keys.lacking(data.names()) == 0 && keys.indexKeys().containsAll(before)) {
          return write(data, keys, dataFolder, keysFolder, progress);
        }
      }
    }
    throw new BackupException("keys are being destroyed just now; try again when that is done");
  }

  /** What the data can be under that is looked at next. */
  private Set<Integer> indexKeys() {
    try (SnapshotRows keys = stores.snapshot(Store.KEYS)) {
      return keys.indexKeys();
    }
  }

  private Written write(
      SnapshotRows data, SnapshotRows keys, Path dataFolder, Path keysFolder, Progress progress) {
    Instant now = clock.instant();
    long total = data.count() + keys.count();
    Path dataFile = dataFolder.resolve("sotto-data-" + NAME.format(now) + ".backup");
    Path keysFile = keysFolder.resolve("sotto-keys-" + NAME.format(now) + ".backup");
    long dataRows = write(dataFile, Kind.DATA, now, data, done -> progress.advance(done, total));
    long keyRows =
        write(keysFile, Kind.KEYS, now, keys, done -> progress.advance(dataRows + done, total));
    return new Written(dataFile, keysFile, dataRows, keyRows);
  }

  private long write(Path file, Kind kind, Instant now, SnapshotRows rows, LongConsumer each) {
    Path draft = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      long written;
      try (FileChannel channel = create(draft)) {
        written = write(channel, kind, now, rows, each);
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      return written;
    } catch (IOException | UncheckedIOException e) {
      throw new BackupException(file + " cannot be written; is there space, and may we?", e);
    } finally {
      deleteIfThere(draft);
    }
  }

  private long write(
      FileChannel channel, Kind kind, Instant now, SnapshotRows rows, LongConsumer each)
      throws IOException {
    OutputStream raw = new Unclosed(Channels.newOutputStream(channel));
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(files.sealing(raw, kind, now), BUFFER))) {
      ContentWriter writer = new ContentWriter(out);
      rows.into(writer, each);
      return writer.rows();
    }
  }

  private static FileChannel create(Path draft) throws IOException {
    Files.deleteIfExists(draft);
    return FileChannel.open(
        draft,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void deleteIfThere(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
