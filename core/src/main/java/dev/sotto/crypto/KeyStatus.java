package dev.sotto.crypto;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The key store at a glance.
 *
 * @param rootKey where the root key lies
 * @param scopes how many of each kind have keys
 * @param versions how many key versions are in each state
 * @param oldestActive when the oldest key in use was made
 * @param pending rows that are still under a replaced key
 * @param rotating whether a rotation was begun and has not finished
 */
public record KeyStatus(
    String rootKey,
    Map<Scope.Kind, Long> scopes,
    Map<KeyState, Long> versions,
    Optional<Instant> oldestActive,
    long pending,
    boolean rotating) {
  public KeyStatus {
    scopes = Map.copyOf(scopes);
    versions = Map.copyOf(versions);
  }
}
