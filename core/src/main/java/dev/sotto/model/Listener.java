package dev.sotto.model;

/** Hears an answer while it grows. */
@FunctionalInterface
public interface Listener {

  /**
   * The next piece, never empty; pieces that arrive together come as one.
   *
   * @return false when it is enough: the connection is closed, and the answer ends here
   */
  boolean onText(String piece);
}
