package dev.sotto.chat;

/** An event could not be kept. Its message names the reason and no content. */
public final class InboxUnavailableException extends RuntimeException {
  public InboxUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
