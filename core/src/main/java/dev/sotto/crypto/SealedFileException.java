package dev.sotto.crypto;

/**
 * A sealed file cannot be opened. The message goes on where the name of the file stands before it.
 */
public final class SealedFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SealedFileException(String message) {
    super(message);
  }

  SealedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
