package dev.sotto.model;

/** A provider's key. Prints {@code [REDACTED]}. */
final class ApiKey {
  private final String value;

  private ApiKey(String value) {
    this.value = value;
  }

  /**
   * @throws IllegalArgumentException it has a character that no HTTP header takes; the message
   *     names the property and not the value
   */
  static ApiKey of(String property, String value) {
    String key = value.strip();
    if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(property + " holds a character that no key can have");
    }
    return new ApiKey(key);
  }

  boolean isSet() {
    return !value.isEmpty();
  }

  String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
