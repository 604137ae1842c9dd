package dev.sotto.knowledge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps the libraries that are in use, each built when it is first asked for. The 200 used last
 * stay in memory.
 */
@Singleton
public final class Libraries {
  private static final int MOST = 200;
  private final Cache<String, Library> libraries = Caffeine.newBuilder().maximumSize(MOST).build();

  /**
   * The library of that version; the same version always gives the same library, a new version a
   * new one.
   *
   * @param version of the assistant whose documents they are; it changes with the documents
   * @param documents file name to text, asked for only when the library must be built
   */
  public Library of(String version, Supplier<Map<String, String>> documents) {
    return libraries.get(version, _ -> Library.of(documents.get()));
  }
}
