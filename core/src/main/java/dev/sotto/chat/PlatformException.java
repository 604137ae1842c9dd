package dev.sotto.chat;

import java.time.Duration;

/**
 * A platform did not do what it was asked. The message names the call and the error, no content.
 */
public final class PlatformException extends RuntimeException {
  private final boolean retryable;
  private final Duration retryAfter;

  private PlatformException(String message, boolean retryable, Duration retryAfter) {
    super(message);
    this.retryable = retryable;
    this.retryAfter = retryAfter;
  }

  /** Another attempt can help, not before the given time has passed. */
  public static PlatformException temporary(String message, Duration retryAfter) {
    return new PlatformException(message, true, retryAfter);
  }

  /** No attempt will help: the place is gone, or the bot may not speak there. */
  public static PlatformException permanent(String message) {
    return new PlatformException(message, false, Duration.ZERO);
  }

  public boolean retryable() {
    return retryable;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
