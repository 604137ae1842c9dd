package dev.sotto;

import dev.sotto.database.UninterruptibleFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk for embedded databases at {@code jdbc:h2:faulty:/…} that does what a file orders, counted
 * from when the order is there: {@code write 3 tear} writes half of the third and stops the process
 * dead; {@code write 3 fail} and {@code force 1 fail} let it and all that follow come to nothing;
 * {@code write 3 power} stops it dead and leaves of what was not forced before a part, each write
 * as chance has it.
 */
public final class FaultyDisk extends FilePathWrapper {
  /** Names the file of the orders. */
  public static final String ORDERS = "test.disk-orders";

  private static final int KILLED = 137;
  private static final Disk DISK = new Disk();

  /** For H2, which makes one for each path. */
  public FaultyDisk() {}

  /** Makes it known to H2. */
  public static void insert() {
    UninterruptibleFiles.insert();
    FilePath.register(new FaultyDisk());
  }

  /** The settings of databases in files, with the files on it. */
  public static Map<String, Object> under(Map<String, Object> databases) {
    insert();
    Map<String, Object> settings = new HashMap<>(databases);
    settings.replaceAll((_, value) -> String.valueOf(value).replace(":file:", ":faulty:"));
    return settings;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    String path = getBase().toString();
    return new Channel(Path.of(path), FilePath.get("uninterruptible:" + path).open(mode));
  }

  /** Takes back all that was not forced, in files that nobody writes any more. */
  public static void cutPower() throws IOException {
    DISK.lose(_ -> false);
  }

  /**
   * What was written, and may be lost.
   *
   * @param before what stood there
   * @param size that the file had
   */
  private record Change(Path file, long at, ByteBuffer before, ByteBuffer after, long size) {
    void undo() throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        put(channel, at, before);
        channel.truncate(size);
      }
    }

    void redo() throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        put(channel, at, after);
        if (!after.hasRemaining()) {
          channel.truncate(at);
        }
      }
    }
  }

  private static void put(FileChannel file, long at, ByteBuffer bytes) throws IOException {
    ByteBuffer rest = bytes.duplicate();
    while (rest.hasRemaining()) {
      file.write(rest, at + rest.position());
    }
  }

  private static ByteBuffer get(FileChannel file, long at, long end) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(end, file.size()) - at));
    while (bytes.hasRemaining()) {
      file.read(bytes, at + bytes.position());
    }
    return bytes.flip();
  }

  /** All files together. */
  private static final class Disk {
    private final List<Change> changes = new ArrayList<>();
    private String order = "";
    private int count;

    synchronized int write(Path name, FileChannel file, ByteBuffer from, long at)
        throws IOException {
      ByteBuffer after = ByteBuffer.allocate(from.remaining()).put(from.duplicate()).flip();
      if (isDue("write", "tear")) {
        put(file, at, after.slice(0, after.limit() / 2));
        Runtime.getRuntime().halt(KILLED);
      }
      if (isDue("write", "power")) {
        Random chance = new Random(order.hashCode());
        lose(_ -> chance.nextBoolean());
        Runtime.getRuntime().halt(KILLED);
      }
      changes.add(new Change(name, at, get(file, at, at + after.limit()), after, file.size()));
      return file.write(from, at);
    }

    synchronized void truncate(Path name, FileChannel file, long size) throws IOException {
      ByteBuffer before = get(file, size, file.size());
      changes.add(new Change(name, size, before, ByteBuffer.allocate(0), file.size()));
      file.truncate(size);
    }

    synchronized void force(Path name, FileChannel file, boolean all) throws IOException {
      var _ = isDue("force", "");
      file.force(all);
      changes.removeIf(it -> it.file().equals(name));
    }

    synchronized void lose(Predicate<Change> butFor) throws IOException {
      changes.removeIf(it -> Files.notExists(it.file()));
      for (Change change : changes.reversed()) {
        change.undo();
      }
      for (Change change : changes) {
        if (butFor.test(change)) {
          change.redo();
        }
      }
      changes.clear();
    }

    /** Counts what is ordered to be counted. */
    private boolean isDue(String what, String how) throws IOException {
      String now = order();
      if (!now.equals(order)) {
        order = now;
        count = 0;
      }
      String[] words = now.split(" ", -1);
      if (words.length < 3 || !words[0].equals(what)) {
        return false;
      }
      boolean fails = words[2].equals("fail");
      if (!fails && !words[2].equals(how)) {
        return false;
      }
      count++;
      boolean due = count >= Integer.parseInt(words[1]);
      if (due && fails) {
        throw new IOException("the disk is broken");
      }
      return due;
    }

    private static String order() throws IOException {
      try {
        return Files.readString(Path.of(System.getProperty(ORDERS, "no orders"))).strip();
      } catch (NoSuchFileException e) {
        return "";
      }
    }
  }

  /** A file. */
  private static final class Channel extends FileBaseDefault {
    private final Path name;
    private final FileChannel file;

    private Channel(Path name, FileChannel file) {
      this.name = name;
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public synchronized int read(ByteBuffer into, long at) throws IOException {
      return file.read(into, at);
    }

    @Override
    public synchronized int write(ByteBuffer from, long at) throws IOException {
      return DISK.write(name, file, from, at);
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      if (size < file.size()) {
        DISK.truncate(name, file, size);
      }
    }

    @Override
    public void force(boolean all) throws IOException {
      DISK.force(name, file, all);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
