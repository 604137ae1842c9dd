package dev.sotto.crypto;

import org.jspecify.annotations.Nullable;

/**
 * A text outside of the databases does not open. The message goes on where the name of the text
 * stands before it, and says what to do.
 */
public final class SealedTextException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SealedTextException(String message) {
    super(message);
  }

  SealedTextException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
