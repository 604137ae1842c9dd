package dev.sotto.crypto;

/**
 * Where it is written down what was done to keys. Told before a deed is final, so that none is
 * without its entry; who goes on after a crash may tell the same deed again, and it counts once.
 */
public interface KeyLedger {

  /**
   * Writes a deed down, for good when it returns.
   *
   * @throws RuntimeException it could not be; the deed is then not done
   */
  void record(KeyDeed deed);
}
