package dev.sotto.guard;

/** What can be kept out of a text. */
public enum Redaction {
  EMAIL("[email withheld]"),
  /** Payment card numbers: 13 to 19 digits whose Luhn sum is right. */
  CARD("[card number withheld]"),
  /** Bank accounts: ISO 13616, whose remainder by 97 is right. */
  IBAN("[IBAN withheld]");

  private final String placeholder;

  Redaction(String placeholder) {
    this.placeholder = placeholder;
  }

  /** What stands in its place. */
  public String placeholder() {
    return placeholder;
  }
}
