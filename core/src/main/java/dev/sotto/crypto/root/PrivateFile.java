package dev.sotto.crypto.root;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A small text file that only its owner may touch. Written complete and on the disk before it bears
 * its name, so that no crash leaves half of it.
 */
record PrivateFile(Path path) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  PrivateFile {
    path = path.toAbsolutePath().normalize();
  }

  boolean exists() {
    return Files.exists(path);
  }

  /**
   * Reads it, if nobody else can.
   *
   * @param what it should be
   * @throws RootKeyException others may do anything with it, or it is larger than the limit
   */
  String read(int limit, String what) throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
      throw new RootKeyException(path + " can be read by others; run: chmod 600 " + path);
    }
    return readShared(limit, what);
  }

  /** Reads it whoever else can: for what others make for us, and replace within the hour. */
  String readShared(int limit, String what) throws IOException {
    if (Files.size(path) > limit) {
      throw new RootKeyException(path + " is not " + what + ": it is too large");
    }
    return Files.readString(path, UTF_8);
  }

  /** Puts a text in place of what was there. */
  void write(String text) throws IOException {
    Path folder =
        Files.createDirectories(path.resolveSibling("."), owner("rwx------")).toRealPath();
    Path draft = folder.resolve(path.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel channel =
        FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), owner("rw-------"))) {
      ByteBuffer bytes = UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(draft, folder.resolve(path.getFileName()), ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, READ)) {
      directory.force(true);
    }
  }

  /**
   * A stolen copy of the data must not bring its key along.
   *
   * @throws RootKeyException it lies in that directory, if only through a link
   */
  void refuseInside(Path directory) throws IOException {
    if (real(path).startsWith(real(directory.toAbsolutePath().normalize()))) {
      throw new RootKeyException(
          path
              + " lies in the data directory; keep it elsewhere and name its place in sotto.root-key");
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> owner(String may) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(may));
  }

  /** The path without symbolic links, as far as it exists. */
  private static Path real(Path path) throws IOException {
    Path parent = path.getParent();
    if (Files.exists(path) || parent == null) {
      return path.toRealPath();
    }
    return real(parent).resolve(path.getFileName());
  }
}
