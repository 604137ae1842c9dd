package dev.sotto.crypto;

/**
 * The root key is missing, wrong, or kept where it must not be. The message is one line with the
 * words "root key", the place of the key and the mend. Nothing was created or changed.
 */
public final class RootKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RootKeyException(String message) {
    super("root key: " + message);
  }

  RootKeyException(String message, Throwable cause) {
    super("root key: " + message, cause);
  }
}
