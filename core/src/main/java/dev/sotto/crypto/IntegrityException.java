package dev.sotto.crypto;

import java.util.UUID;

/**
 * A stored value or key does not verify: moved, altered, not sealed at all, or under an unknown
 * key. The message has the word "integrity" and names the place by our own ids, never the content.
 */
public final class IntegrityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IntegrityException(String message) {
    super(message);
  }

  /** Of a value that opens and yet cannot be right. */
  public static IntegrityException at(Cell cell, String reason) {
    return of(cell.field(), cell.row(), reason);
  }

  /** Of a row that cannot be right, or is missing. */
  public static IntegrityException of(Field field, UUID row, String reason) {
    return new IntegrityException("integrity: " + field.table() + " " + row + " " + reason);
  }
}
