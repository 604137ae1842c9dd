package dev.sotto.knowledge;

/**
 * A piece of a document, small enough to be quoted.
 *
 * @param source the document's file name
 * @param heading the headings above it, outermost first: {@code Handbook › VPN}; may be empty
 * @param text at most {@value #LONGEST} characters
 */
public record Passage(String source, String heading, String text) {
  /** The most characters of a text. */
  public static final int LONGEST = 1_200;

  @Override
  public String toString() {
    return "Passage[" + source + "]";
  }
}
