package dev.sotto.chat;

/**
 * A connection that cannot come to be. The message is one line that names the thing and the mend.
 */
public final class ConnectionException extends RuntimeException {
  public ConnectionException(String message) {
    super(message);
  }
}
