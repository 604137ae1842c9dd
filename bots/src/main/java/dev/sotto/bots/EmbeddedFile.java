package dev.sotto.bots;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sotto.database.Embedded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The file of an embedded database. With a password H2 encrypts it as a whole (AES in XTS), around
 * what is sealed in it: then the file alone tells not even counts and times.
 */
final class EmbeddedFile {
  /** Switches it on. */
  static final String PASSWORD = "sotto.h2-password";

  /** How H2 begins a file that it encrypts (org.h2.store.fs.encrypt.FileEncrypt). */
  private static final byte[] ENCRYPTED = "H2encrypt\n".getBytes(US_ASCII);

  private EmbeddedFile() {}

  /**
   * What is to be added to an address.
   *
   * @throws IllegalArgumentException the file is there and is not as it is to be; the message says
   *     what to do
   */
  static String cipher(String url, String password) {
    Embedded.file(url).ifPresent(it -> check(it, password));
    return password.isEmpty() ? "" : ";CIPHER=AES";
  }

  /** What the driver wants: the password of the file, and that of the user, who has none. */
  static String ofDriver(String password) {
    return password.isEmpty() ? "" : HexFormat.of().formatHex(password.getBytes(UTF_8)) + " ";
  }

  private static void check(Path file, String password) {
    if (!Files.exists(file)) {
      return;
    }
    boolean encrypted = isEncrypted(file);
    if (encrypted && password.isEmpty()) {
      throw new IllegalArgumentException(
          "the database " + file + " was made with " + PASSWORD + ": set it");
    }
    if (!encrypted && !password.isEmpty()) {
      throw new IllegalArgumentException(
          "the database "
              + file
              + " was made without "
              + PASSWORD
              + ": leave it out, or write a backup without it and restore that with it");
    }
  }

  private static boolean isEncrypted(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(ENCRYPTED.length), ENCRYPTED);
    } catch (IOException e) {
      throw new IllegalArgumentException("the database " + file + " cannot be read", e);
    }
  }
}
