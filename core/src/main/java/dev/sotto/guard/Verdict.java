package dev.sotto.guard;

/** What the guard thinks of a message. */
public sealed interface Verdict {

  /** It may be answered, in this form. */
  record Admitted(String text) implements Verdict {
    @Override
    public String toString() {
      return "Admitted[" + text.length() + " characters]";
    }
  }

  /**
   * It is not answered.
   *
   * @param line why, and what would help, for the person who wrote it
   */
  record Refused(String line) implements Verdict {}
}
