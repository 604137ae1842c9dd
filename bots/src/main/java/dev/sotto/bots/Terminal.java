package dev.sotto.bots;

import dev.sotto.crypto.Progress;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
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
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new IllegalArgumentException(
          "this asks before it acts, and there is no terminal to ask at: say --yes");
    }
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

  static Bar bar(String what) {
    return new Bar(what, System.err, System.console() != null && System.console().isTerminal());
  }

  /** A line that grows, on standard error; nothing where nobody looks. */
  static final class Bar implements Progress, AutoCloseable {
    private static final int WIDTH = 30;

    private final String what;
    private final PrintStream out;
    private final boolean visible;
    private boolean open;

    private Bar(String what, PrintStream out, boolean visible) {
      this.what = what;
      this.out = out;
      this.visible = visible;
    }

    @Override
    public void advance(long done, long total) {
      if (visible) {
        open = true;
        out.printf("\r%s  %,d of %,d %s", line(done, total), done, total, what);
      }
    }

    static String line(long done, long total) {
      int full = total == 0 ? WIDTH : (int) (WIDTH * done / total);
      return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "]";
    }

    @Override
    public void close() {
      if (open) {
        out.println();
        open = false;
      }
    }
  }
}
