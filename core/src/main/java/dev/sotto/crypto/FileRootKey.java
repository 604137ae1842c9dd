package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * A root key in a small text file of its owner: 32 random bytes in base64 below one line of
 * explanation. Refused when the group or others may do anything with it, or inside the data
 * directory: a stolen copy of the data must not bring its key along.
 */
final class FileRootKey implements RootKey {
  private static final int KEY_SIZE = 32;
  private static final int FILE_LIMIT = 4096;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);
  private static final String EXPLANATION =
      "# Root key of Sotto. Without it nobody can read the data: back it up, apart from the data.\n";

  private final Path file;
  private final RawKey key;

  private FileRootKey(Path file, RawKey key) {
    this.file = file;
    this.key = key;
  }

  static FileRootKey open(Path path, Path dataDirectory) {
    Path file = path.toAbsolutePath().normalize();
    try {
      refuseInside(file, dataDirectory);
      refuseReadableByOthers(file);
      return new FileRootKey(file, new RawKey(read(file)));
    } catch (NoSuchFileException e) {
      throw new RootKeyException(
          file
              + " is missing, but data sealed with it exists; restore it, or name its place in sotto.root-key",
          e);
    } catch (IOException e) {
      throw new RootKeyException(file + " cannot be read", e);
    }
  }

  static FileRootKey openOrCreate(Path path, Path dataDirectory) {
    Path file = path.toAbsolutePath().normalize();
    try {
      refuseInside(file, dataDirectory);
      if (Files.notExists(file)) {
        create(file);
      }
    } catch (IOException e) {
      throw new RootKeyException(file + " cannot be made", e);
    }
    return open(file, dataDirectory);
  }

  @Override
  public String id() {
    return "file:" + key.id();
  }

  @Override
  public String location() {
    return "file:" + file;
  }

  @Override
  public byte[] wrap(byte[] plain, byte[] associatedData) {
    return key.seal(plain, associatedData);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) throws GeneralSecurityException {
    return key.open(wrapped, associatedData);
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.size(file) > FILE_LIMIT) {
      throw new RootKeyException(file + " is not a root key");
    }
    String text = Files.readString(file, UTF_8);
    try {
      String base64 = text.lines().filter(line -> !line.startsWith("#")).findFirst().orElse("");
      byte[] bytes = Base64.getDecoder().decode(base64.strip());
      if (bytes.length == KEY_SIZE) {
        return bytes;
      }
    } catch (IllegalArgumentException notBase64) {
      throw new RootKeyException(file + " is damaged; restore it from its backup", notBase64);
    }
    throw new RootKeyException(file + " is damaged; restore it from its backup");
  }

  /** Complete and on the disk before it bears its name, so that no crash leaves half a key. */
  private static void create(Path file) throws IOException {
    Path folder =
        Files.createDirectories(file.resolveSibling("."), owner("rwx------")).toRealPath();
    Path draft = folder.resolve(file.getFileName() + ".new");
    byte[] bytes = new byte[KEY_SIZE];
    new SecureRandom().nextBytes(bytes);
    String text = EXPLANATION + Base64.getEncoder().encodeToString(bytes) + "\n";
    Files.deleteIfExists(draft);
    try (FileChannel channel =
        FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), owner("rw-------"))) {
      channel.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
      channel.force(true);
    }
    Files.move(draft, file, ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, READ)) {
      directory.force(true);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> owner(String may) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(may));
  }

  private static void refuseInside(Path file, Path dataDirectory) throws IOException {
    if (real(file).startsWith(real(dataDirectory.toAbsolutePath().normalize()))) {
      throw new RootKeyException(
          file
              + " lies in the data directory; keep it elsewhere and name its place in sotto.root-key");
    }
  }

  private static void refuseReadableByOthers(Path file) throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw new RootKeyException(file + " can be read by others; run: chmod 600 " + file);
    }
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
