package dev.sotto.crypto;

import dev.sotto.database.Embedded;
import java.time.Duration;

/**
 * How long a replaced key is kept for those that sealed with it and have not committed, or still
 * have it in memory: a replica sees a new key after {@link Keyring#LIFE} at the latest.
 */
record Grace(Duration time) {
  private static final Duration COMMIT = Duration.ofSeconds(2);

  /** An embedded database has no other replica, and this process knows the new key at once. */
  static Grace of(String url) {
    return new Grace(Embedded.is(url) ? COMMIT : Keyring.LIFE.plus(COMMIT));
  }
}
