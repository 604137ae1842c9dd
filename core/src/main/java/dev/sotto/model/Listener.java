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

  /**
   * What one call of a model used, told once for each call that reached it, also when it failed. As
   * the provider counted, or estimated where it did not tell: {@link Tokens}.
   */
  default void onTokens(long tokens) {}
}
