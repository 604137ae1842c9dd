package dev.sotto.crypto;

/** There are no keys of what was named; the message is one line for the administrator. */
public final class NoSuchKeysException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchKeysException(String message) {
    super(message);
  }
}
