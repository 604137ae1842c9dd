package dev.sotto.crypto.root;

/**
 * The service that keeps the root key cannot be asked now, or refuses us; what is wrapped by it is
 * neither lost nor wrong. May pass: try again later, and drop nothing meanwhile. The message is one
 * line that names the service and its reason.
 */
public final class RootKeyUnreachableException extends RootKeyException {
  private static final long serialVersionUID = 1L;

  RootKeyUnreachableException(String message) {
    super(message);
  }

  RootKeyUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
