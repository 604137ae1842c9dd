package dev.sotto.backup;

import dev.sotto.backup.StoreRows.Store;
import dev.sotto.crypto.SealedFileException;
import dev.sotto.crypto.SealedFiles;
import dev.sotto.crypto.SealedFiles.Kind;
import dev.sotto.crypto.SealedFiles.Label;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Reads backups: checks them, and fills empty databases with them. Needs neither an installation
 * nor its keys to begin with, but the root key.
 */
@Singleton
public class Restore {
  private static final int BUFFER = 1 << 16;

  private final StoreRows stores;
  private final SealedFiles files;

  Restore(StoreRows stores, SealedFiles files) {
    this.stores = stores;
    this.files = files;
  }

  /** A file that is whole and unaltered. */
  public record Checked(Label label, String version, long rows) {}

  /**
   * Reads a file to its last byte.
   *
   * @throws BackupException it is altered, cut off, none, or under another root key
   */
  public Checked check(Path file) {
    return look(file).checked();
  }

  /** A file that is whole, and what is in it. */
  private record Looked(Checked checked, Overview overview) {}

  private Looked look(Path file) {
    Overview overview = new Overview();
    Read read = read(file, overview);
    return new Looked(new Checked(read.label(), overview.version(), read.rows()), overview);
  }

  /**
   * Fills the data database from a file, for the key store that there is.
   *
   * @throws BackupException a database is not as it has to be, or the file not whole; then nothing
   *     was changed
   */
  public Checked data(Path file) {
    Looked data = lookedAs(Kind.DATA, file);
    stores.requireEmpty(Store.DATA);
    try (SnapshotRows keys = stores.snapshot(Store.KEYS)) {
      requireSame(file, data.checked().label().installation(), keys.installation());
      requireFindable(file, data.overview(), keys.keyIds());
    }
    fill(file, data);
    return data.checked();
  }

  /**
   * Fills both databases. Who was erased after the backup was made can be read again.
   *
   * @throws BackupException a database is not empty, or a file not whole, or they are of two
   *     installations; then nothing was changed
   */
  public List<Checked> both(Path data, Path keys) {
    Looked ofData = lookedAs(Kind.DATA, data);
    Looked ofKeys = lookedAs(Kind.KEYS, keys);
    requireSame(
        data, ofData.checked().label().installation(), ofKeys.checked().label().installation());
    requireFindable(data, ofData.overview(), ofKeys.overview().keys());
    stores.requireEmpty(Store.DATA);
    stores.requireEmpty(Store.KEYS);
    fill(Store.KEYS, keys);
    fill(data, ofData);
    return List.of(ofData.checked(), ofKeys.checked());
  }

  /** The data, for the keys that are there. */
  private void fill(Path file, Looked data) {
    fill(Store.DATA, file);
    try (LoadRows load = stores.load(Store.DATA)) {
      load.rename(stores.keys());
    }
    if (data.overview().plain()) {
      stores.allowPlainIndexes();
    }
  }

  private Looked lookedAs(Kind kind, Path file) {
    Looked looked = look(file);
    Kind found = looked.checked().label().kind();
    if (found != kind) {
      throw new BackupException(file + " holds " + found + ", where " + kind + " are wanted");
    }
    return looked;
  }

  private static void requireFindable(Path file, Overview data, Set<Integer> keys) {
    if (!keys.containsAll(data.used())) {
      throw new BackupException(
          file
              + " needs an index key that was destroyed after it was made; restore it into empty"
              + " databases with the keys of its time (--keys)");
    }
  }

  private static void requireSame(Path file, UUID one, UUID other) {
    if (!one.equals(other)) {
      throw new BackupException(
          file + " is of another installation (" + one + ") than the keys (" + other + ")");
    }
  }

  private void fill(Store store, Path file) {
    try (LoadRows load = stores.load(store)) {
      read(file, load);
    }
  }

  private record Read(Label label, long rows) {}

  private Read read(Path file, Content content) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = new BufferedInputStream(raw, BUFFER)) {
      SealedFiles.Opened opened = files.opening(in);
      try (DataInputStream rows =
          new DataInputStream(new BufferedInputStream(opened.content(), BUFFER))) {
        return new Read(opened.label(), new ContentReader(rows).into(content));
      }
    } catch (SealedFileException e) {
      throw new BackupException(file + " " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new BackupException(file + " is not there", e);
    } catch (IOException e) {
      throw new BackupException(file + " is altered, damaged or cut off; take another", e);
    }
  }
}
