package dev.sotto.guard;

/**
 * Which markup stands open outside code. Platforms that look for a closing sign first find it also
 * inside of what CommonMark calls code; a code span with such a sign inside is no safe place.
 */
final class Markup {
  private boolean star;
  private boolean underscore;
  private boolean tilde;
  private boolean bar;
  private int brackets;
  private int angles;
  private char last = '\n';
  private char beforeLast = '\n';

  void read(char c) {
    switch (c) {
      case '*' -> star = !star;
      case '_' -> underscore ^= !Character.isLetterOrDigit(last) || underscore;
      case '~' -> tilde ^= last == '~';
      case '|' -> bar ^= last == '|';
      case '[' -> brackets++;
      case ']' -> brackets = Math.max(0, brackets - 1);
      case '<' -> angles++;
      case '>' -> angles = Math.max(0, angles - 1);
      default -> undoAlone(c);
    }
    beforeLast = last;
    last = c;
  }

  /** A star or an angle bracket between blanks is a bullet, a product or a comparison. */
  private void undoAlone(char c) {
    boolean alone = Character.isWhitespace(c) && Character.isWhitespace(beforeLast);
    if (alone && last == '*') {
      star = !star;
    } else if (alone && last == '<') {
      angles = Math.max(0, angles - 1);
    }
  }

  /** Whether the code holds a sign that may close what stands open. */
  boolean closesIn(String code) {
    return (star && code.indexOf('*') >= 0)
        || (underscore && code.indexOf('_') >= 0)
        || (tilde && code.contains("~~"))
        || (bar && code.contains("||"))
        || (brackets > 0 && code.indexOf(']') >= 0)
        || (angles > 0 && code.indexOf('>') >= 0);
  }
}
