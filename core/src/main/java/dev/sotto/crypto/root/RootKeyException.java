package dev.sotto.crypto.root;

/**
 * The root key is missing, wrong, or kept where it must not be. The message is one line with the
 * words "root key", the place of the key and the mend. Nothing was created or changed.
 */
public class RootKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RootKeyException(String message) {
    super("root key: " + message);
  }

  public RootKeyException(String message, Throwable cause) {
    super("root key: " + message, cause);
  }
}
