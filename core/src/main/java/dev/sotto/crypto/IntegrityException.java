package dev.sotto.crypto;

/**
 * A stored value or key does not verify: moved, altered, not sealed at all, or under an unknown
 * key. The message has the word "integrity" and names the place by our own ids, never the content.
 */
public final class IntegrityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IntegrityException(String message) {
    super(message);
  }

  static IntegrityException at(Cell cell, String reason) {
    return new IntegrityException(
        "integrity: " + cell.field().table() + " " + cell.row() + " " + reason);
  }
}
