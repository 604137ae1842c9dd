package dev.sotto.crypto.root;

/** A service answered, but not with what it was asked for. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 80;

  private final boolean passing;

  private RefusedException(String reason, boolean passing) {
    super(reason);
    this.passing = passing;
  }

  /**
   * Refused.
   *
   * @param code the service's own name of its reason; of foreign words only those without danger
   *     for a log are told
   */
  static RefusedException of(int status, String code) {
    String plain = code.replaceAll("[^A-Za-z0-9_. :-]", "");
    String told = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    boolean busy = status == 429 || status >= 500;
    return new RefusedException(("HTTP " + status + " " + told).strip(), busy);
  }

  /** Refused for a while, whatever the status. */
  RefusedException asPassing() {
    return new RefusedException(reason(), true);
  }

  /** The answer cannot be relied on. */
  static RefusedException garbled() {
    return new RefusedException("an answer that cannot be read", true);
  }

  /** Nothing to ask with. */
  static RefusedException without(String what) {
    return new RefusedException(what, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  /** Whether the same question may be answered a moment later. */
  boolean passing() {
    return passing;
  }
}
