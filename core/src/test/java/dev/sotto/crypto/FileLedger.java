package dev.sotto.crypto;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes deeds down in a file, a line each, that a killed process leaves behind. */
@Singleton
@Requires(property = FileLedger.PLACE)
final class FileLedger implements KeyLedger {
  static final String PLACE = "test.ledger";

  private final Path file;

  FileLedger(@Value("${test.ledger}") Path file) {
    this.file = file;
  }

  @Override
  public void record(KeyDeed deed) {
    try {
      Files.writeString(file, deed + "\n", CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was written down, without what was told again after a crash. */
  static List<String> deeds(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file).stream().distinct().toList() : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
