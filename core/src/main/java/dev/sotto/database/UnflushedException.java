package dev.sotto.database;

import org.jspecify.annotations.Nullable;

/** What was committed may not be on the disk: a power cut could take it back. */
public final class UnflushedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnflushedException(@Nullable Exception cause) {
    super("what was committed may not be on the disk", cause);
  }
}
