package dev.sotto.assistant;

/** There is no assistant to run. The message names the folder or file and the mend. */
public final class AssistantsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AssistantsException(String message) {
    super(message);
  }
}
