package dev.sotto.guard;

import jakarta.inject.Singleton;
import java.util.Set;

/** Judges messages and answers. Keeps nothing, and may be used by many threads. */
@Singleton
public final class Guard {
  private static final int MAX_MESSAGE = 40_000;

  /**
   * Judges a person's message: at most 40,000 characters, and something to read. Characters that
   * nobody sees (controls, terminal escapes, tag characters, direction overrides, zero-width ones
   * outside words and emoji) are taken out.
   */
  public Verdict admit(String text) {
    if (text.length() > MAX_MESSAGE) {
      return new Verdict.Refused(
          "Your message has "
              + text.length()
              + " characters; I can read up to 40,000. Please send less of it.");
    }
    var clean = new StringBuilder(text.length());
    var cleaner = new Cleaner(clean::append);
    text.chars().forEach(c -> cleaner.accept((char) c));
    String stripped = clean.toString().strip();
    return stripped.isEmpty()
        ? new Verdict.Refused("I can see no text in your message. What would you like to say?")
        : new Verdict.Admitted(stripped);
  }

  /** Begins to release one answer. */
  public RunningRelease open(ReleaseRules rules) {
    return new RunningRelease(rules);
  }

  /** Takes out of a text what must not reach a model. */
  public String redact(String text, Set<Redaction> redact) {
    return new Redactor(redact).redact(text);
  }
}
