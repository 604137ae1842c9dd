package dev.sotto.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.sotto.crypto.ChainMac;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file outside of the databases that says where the log stood: a line for each anchor, the
 * newest last, of every installation that uses the file. Beyond {@value #LIMIT} bytes the newest
 * line of each remains.
 */
@Singleton
class AnchorFile {
  private static final long LIMIT = 1 << 20;
  private static final String NAME = "audit.anchor";
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f-]{36}) (\\d{1,9}) (\\d{1,18}) ([0-9a-f]{64})");

  private final Path file;
  private final Path dataDirectory;

  AnchorFile(
      @Value("${sotto.audit-anchor:}") String configured,
      @Value("${sotto.root-key:}") String rootKey,
      @Value("${XDG_CONFIG_HOME:}") String configHome,
      @Value("${user.home}") Path home,
      @Value("${sotto.data-directory:data}") Path dataDirectory) {
    Path folder = configHome.isBlank() ? home.resolve(".config") : Path.of(configHome);
    Path key =
        rootKey.startsWith("file:") && rootKey.length() > "file:".length()
            ? Path.of(rootKey.substring("file:".length()))
            : folder.resolve("sotto/root.key");
    Path named = configured.isBlank() ? key.resolveSibling(NAME) : Path.of(configured);
    this.file = named.toAbsolutePath().normalize();
    this.dataDirectory = dataDirectory.toAbsolutePath().normalize();
  }

  /** A line, and whose it is. */
  private record Anchor(UUID owner, Position position) {
    String line() {
      return "%s %d %d %s\n"
          .formatted(
              owner, position.place().segment(), position.place().seq(), position.mac().hex());
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }

  /**
   * The anchors of an installation; what is not an anchor is passed over.
   *
   * @throws IOException the file cannot be read; that there is none is no failure
   */
  List<Position> read(UUID owner) throws IOException {
    return anchors().stream().filter(it -> it.owner().equals(owner)).map(Anchor::position).toList();
  }

  /** Appends a line that is on the disk when this returns. */
  void append(UUID owner, Position position) throws IOException {
    if (file.startsWith(dataDirectory)) {
      throw new IOException("it lies in the data directory, with what it is to be checked against");
    }
    Files.createDirectories(file.resolveSibling("."), owner("rwx------"));
    if (Files.exists(file) && Files.size(file) > LIMIT) {
      shorten();
    }
    String line = new Anchor(owner, position).line();
    write(file, tornEnd() ? "\n" + line : line, CREATE, APPEND);
  }

  /** Whether a crash of the machine has left half of a line. */
  private boolean tornEnd() throws IOException {
    if (Files.notExists(file)) {
      return false;
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    try (FileChannel channel = FileChannel.open(file, READ)) {
      return channel.size() > 0
          && channel.read(last, channel.size() - 1) == 1
          && last.get(0) != '\n';
    }
  }

  /** Complete before it bears its name. */
  private void shorten() throws IOException {
    Map<UUID, Anchor> newest = new LinkedHashMap<>();
    anchors().forEach(it -> newest.put(it.owner(), it));
    StringBuilder lines = new StringBuilder();
    newest.values().forEach(it -> lines.append(it.line()));
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    write(draft, lines.toString(), CREATE, WRITE, TRUNCATE_EXISTING);
    Files.move(draft, file, ATOMIC_MOVE);
  }

  private List<Anchor> anchors() throws IOException {
    List<Anchor> anchors = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, US_ASCII)) {
        anchor(line).ifPresent(anchors::add);
      }
    }
    return anchors;
  }

  private static Optional<Anchor> anchor(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Place place = new Place(Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
    UUID owner = UUID.fromString(parts.group(1));
    return ChainMac.ofHex(parts.group(4)).map(it -> new Anchor(owner, new Position(place, it)));
  }

  /** One line is one write, which the others that append to the same file do not break up. */
  private static void write(Path file, String text, OpenOption... options) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
    try (FileChannel channel = FileChannel.open(file, Set.of(options), owner("rw-------"))) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> owner(String may) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(may));
  }
}
