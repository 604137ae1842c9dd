package dev.sotto.guard;

/**
 * One answer on its way out. Used by one thread at a time. What is held back for a decision is at
 * most the word that is being written, an inline code span of 500 characters, a line of 4,000 in a
 * code block, or 20,000 characters of a code block from its first unlisted link to its end.
 */
public final class RunningRelease {
  private final StringBuilder released = new StringBuilder();
  private final Withholder withholder;
  private final CodeScanner scanner;
  private final Cleaner cleaner;
  private String visible = "";

  RunningRelease(ReleaseRules rules) {
    this.withholder = new Withholder(rules.instructions(), rules.canary(), released);
    this.scanner = new CodeScanner(new TextRules(rules), withholder::accept);
    this.cleaner = new Cleaner(scanner::accept);
  }

  /** Takes the next piece and returns all that may be visible now; never less than before. */
  public String add(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      cleaner.accept(piece.charAt(i));
    }
    return visible();
  }

  /** Says that the answer is over and returns all of it. */
  public String finish() {
    scanner.finish();
    withholder.finish();
    return visible();
  }

  private String visible() {
    if (visible.length() != released.length()) {
      visible = released.toString();
    }
    return visible;
  }
}
