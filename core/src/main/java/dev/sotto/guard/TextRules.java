package dev.sotto.guard;

import java.util.regex.Pattern;

/** What is done to a stretch of text that is whole in itself: redact, call nobody, link nowhere. */
final class TextRules {
  private static final Pattern EVERYONE =
      Pattern.compile("@(?=everyone|here|channel)", Pattern.CASE_INSENSITIVE);
  private static final Pattern BROADCAST =
      Pattern.compile("<(?=!(?:channel|here|everyone|subteam)|@&)", Pattern.CASE_INSENSITIVE);
  private static final char NOTHING = '\u200b';
  private static final int MAX_GROUP = 40;

  private final Redactor redactor;
  private final Links links;

  TextRules(ReleaseRules rules) {
    this.redactor = new Redactor(rules.redact());
    this.links = new Links(rules.linkHosts(), rules.citedTexts());
  }

  /** Of text: everything. */
  String text(String text) {
    String written = Written.plainly(text);
    String safe = links.inert(uncalled(redactor.redact(written)));
    boolean harmless = safe.equals(written) && links.inert(text).equals(text);
    return harmless ? text : safe;
  }

  /** Of code: links stay. */
  String code(String code) {
    return uncalled(redactor.redact(code));
  }

  /** Whether the code would not stay as it is if it were text. */
  boolean wouldChange(String code) {
    String written = Written.plainly(code);
    return !links.inert(written).equals(written);
  }

  /** Whether a word can be a part of something that goes on behind the blank and is redacted. */
  boolean mayGoOn(CharSequence word) {
    if (!redactor.spansWords() || word.isEmpty() || word.length() > MAX_GROUP) {
      return false;
    }
    boolean digits = word.chars().anyMatch(Character::isDigit);
    return digits || (word.length() <= 4 && word.chars().allMatch(Character::isUpperCase));
  }

  private static String uncalled(String text) {
    String quiet = text.indexOf('@') < 0 ? text : EVERYONE.matcher(text).replaceAll("@" + NOTHING);
    return quiet.indexOf('<') < 0 ? quiet : BROADCAST.matcher(quiet).replaceAll("<" + NOTHING);
  }
}
