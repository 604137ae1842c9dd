package dev.sotto.crypto;

/** Told how far long work is, from the thread that does it. */
@FunctionalInterface
public interface Progress {

  /**
   * Reports rows.
   *
   * @param done rows done, never more than the total
   * @param total rows known so far; it may rise while others write
   */
  void advance(long done, long total);
}
