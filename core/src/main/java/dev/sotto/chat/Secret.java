package dev.sotto.chat;

/**
 * A token, key or password. Prints {@code [REDACTED]}, equals nothing but itself, and no serialiser
 * finds anything in it: who needs the value asks for it by name, at the edge to a library.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Without the spaces and line ends around it, which a copied value and a file bring along. */
  public static Secret of(String value) {
    return new Secret(value.strip());
  }

  /**
   * One that goes into a header of HTTP.
   *
   * @throws IllegalArgumentException it has a character that no header takes; the message names the
   *     property and not the value
   */
  public static Secret ofHeader(String property, String value) {
    Secret secret = of(value);
    if (!secret.value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(property + " holds a character that no key can have");
    }
    return secret;
  }

  public boolean present() {
    return !value.isEmpty();
  }

  /** The value itself. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
