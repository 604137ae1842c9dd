package dev.sotto.bots;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a command says to who sits at the terminal, and asks them. */
final class Terminal {
  private static final long LARGEST = 1 << 20;

  private Terminal() {}

  /**
   * Asks a question to which only {@code yes} is a yes.
   *
   * @throws IllegalArgumentException nobody is there to be asked
   */
  static boolean confirms(String question) {
    Console console =
        console()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "this asks before it acts, and there is no terminal to ask at: say --yes"));
    String answer = console.readLine("%s It cannot be undone. Type yes: ", question);
    return answer != null && answer.strip().equalsIgnoreCase("yes");
  }

  /** Prints a text, or keeps it in a new file for the owner's eyes only. */
  static void keep(String text, @Nullable Path file) throws IOException {
    if (file == null) {
      System.out.print(text);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var mode = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(file, mode, owner)) {
      channel.write(java.nio.ByteBuffer.wrap(bytes));
    } catch (FileAlreadyExistsException e) {
      System.out.print(text);
      throw new IllegalArgumentException(file + " exists already: the text is printed instead", e);
    }
  }

  /**
   * A small text file.
   *
   * @throws IllegalArgumentException it cannot be read
   */
  static String read(Path file) {
    try {
      if (Files.size(file) <= LARGEST) {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + file + " cannot be read", e);
    }
    throw new IllegalArgumentException("the file " + file + " is too large to be one");
  }

  /** The terminal, if there is one. */
  static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
