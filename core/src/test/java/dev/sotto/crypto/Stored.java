package dev.sotto.crypto;

/** What lies in a table, for tests of other packages that look at it there. */
public final class Stored {
  private Stored() {}

  /** What a body says. */
  public static Ciphertext value(byte[] body) {
    return new Ciphertext(body);
  }

  /** What a body is to say. */
  public static byte[] bytes(Ciphertext value) {
    return value.bytes();
  }
}
