package dev.sotto.assistant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of one folder that assistants may quote. Nothing outside it is ever opened, not by
 * {@code ..}, not by an absolute name and not through a link: definitions may come from people who
 * must not read this machine.
 */
final class Documents {
  static final int MOST_BYTES = 1024 * 1024;
  private final Optional<Path> folder;

  private Documents(Optional<Path> folder) {
    this.folder = folder;
  }

  static Documents in(Path folder) {
    return new Documents(Optional.of(folder));
  }

  static Documents none() {
    return new Documents(Optional.empty());
  }

  /** Why a document cannot be quoted, if so. */
  Optional<String> problem(String name) {
    try {
      Optional<Path> file = find(name);
      if (file.isEmpty()) {
        return Optional.of("there is no file '" + Nearest.shown(name) + "' beside this one");
      }
      if (Files.size(file.get()) > MOST_BYTES) {
        return Optional.of("'" + Nearest.shown(name) + "' is larger than 1 MiB");
      }
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file.get())));
      return Optional.empty();
    } catch (CharacterCodingException notText) {
      return Optional.of("'" + Nearest.shown(name) + "' is not UTF-8 text");
    } catch (IOException unreadable) {
      return Optional.of("'" + Nearest.shown(name) + "' cannot be read");
    }
  }

  /**
   * The content.
   *
   * @throws UncheckedIOException it cannot be read (any more)
   */
  byte[] bytes(String name) {
    try {
      Path file = find(name).orElseThrow(() -> new IOException("a document is gone"));
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Optional<Path> find(String name) throws IOException {
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Path root = folder.get().toRealPath();
    Path file = root.resolve(name).normalize();
    boolean inside = file.startsWith(root) && Files.isRegularFile(file);
    return inside && file.toRealPath().startsWith(root) ? Optional.of(file) : Optional.empty();
  }
}
