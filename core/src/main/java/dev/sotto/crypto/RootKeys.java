package dev.sotto.crypto;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Finds the root key that {@code sotto.root-key} names. */
@Singleton
final class RootKeys {
  private static final String FILE = "file:";

  private final String place;
  private final Path dataDirectory;

  RootKeys(
      @Value("${sotto.root-key:}") String configured,
      @Value("${sotto.data-directory:data}") Path dataDirectory,
      @Value("${XDG_CONFIG_HOME:}") String configHome,
      @Value("${user.home}") Path home) {
    Path folder = configHome.isBlank() ? home.resolve(".config") : Path.of(configHome);
    this.place = configured.isBlank() ? FILE + folder.resolve("sotto/root.key") : configured;
    this.dataDirectory = dataDirectory;
  }

  /** Opens the key of data that exists. */
  RootKey open() {
    return FileRootKey.open(file(), dataDirectory);
  }

  /** Opens the key, or makes one: for the first start only, when there is no data. */
  RootKey openOrCreate() {
    return FileRootKey.openOrCreate(file(), dataDirectory);
  }

  private Path file() {
    if (!place.startsWith(FILE) || place.length() == FILE.length()) {
      throw new RootKeyException(
          "sotto.root-key must be file: and a path, such as file:/etc/sotto/root.key");
    }
    return Path.of(place.substring(FILE.length()));
  }
}
