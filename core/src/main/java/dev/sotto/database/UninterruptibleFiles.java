package dev.sotto.database;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files of H2 at {@code jdbc:h2:uninterruptible:/…} that stay open when a thread is interrupted
 * while it reads or writes them. H2's own, a {@link FileChannel}, is closed then, for all.
 */
public final class UninterruptibleFiles extends FilePathWrapper {
  static final String SCHEME = "uninterruptible";

  /** For H2, which makes one for each path. */
  public UninterruptibleFiles() {}

  /** Makes them known to H2. */
  public static void insert() {
    FilePath.register(new UninterruptibleFiles());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Opened(new RandomAccessFile(getBase().toString(), mode));
  }

  /** A file; its bytes are read and written by one thread at a time. */
  private static final class Opened extends FileBaseDefault {
    private final RandomAccessFile file;

    private Opened(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.length();
    }

    @Override
    public synchronized int read(ByteBuffer into, long at) throws IOException {
      byte[] bytes = new byte[into.remaining()];
      file.seek(at);
      int count = file.read(bytes);
      into.put(bytes, 0, Math.max(0, count));
      return count;
    }

    @Override
    public synchronized int write(ByteBuffer from, long at) throws IOException {
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      file.seek(at);
      file.write(bytes);
      return bytes.length;
    }

    @Override
    protected synchronized void implTruncate(long size) throws IOException {
      if (size < file.length()) {
        file.setLength(size);
      }
    }

    @Override
    public void force(boolean all) throws IOException {
      file.getFD().sync();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.getChannel().tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
