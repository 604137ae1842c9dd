package dev.sotto.guard;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces emails, card numbers and IBANs by what they are. */
final class Redactor {
  private static final Pattern EMAIL =
      Pattern.compile(
          "[\\p{L}\\p{N}._%+-]{1,64}+@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,8}");
  private static final Pattern ACCOUNT =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])[A-Z]{2}\\d{2}(?:[ \\u00a0-]?[A-Z0-9]){11,30}",
          Pattern.CASE_INSENSITIVE);
  private static final int MIN_CARD = 13;
  private static final int MAX_CARD = 19;
  private static final int MAX_WRITTEN = 2 * MAX_CARD;
  private static final int MIN_ACCOUNT = 15;
  private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

  private final Set<Redaction> redact;

  Redactor(Set<Redaction> redact) {
    this.redact = redact;
  }

  /** Whether what is looked for may have blanks inside. */
  boolean spansWords() {
    return redact.contains(Redaction.CARD) || redact.contains(Redaction.IBAN);
  }

  String redact(String text) {
    String result = text;
    if (redact.contains(Redaction.EMAIL) && text.indexOf('@') >= 0) {
      result =
          EMAIL.matcher(result).replaceAll(Matcher.quoteReplacement(Redaction.EMAIL.placeholder()));
    }
    if (redact.contains(Redaction.IBAN)) {
      result = ACCOUNT.matcher(result).replaceAll(Redactor::account);
    }
    if (redact.contains(Redaction.CARD)) {
      result = cards(result);
    }
    return result;
  }

  /** The longest beginning that is an IBAN is taken out. */
  private static String account(MatchResult match) {
    String text = match.group();
    for (int end = text.length(); end >= MIN_ACCOUNT; end--) {
      boolean whole = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
      if (whole && isAccount(text.substring(0, end))) {
        return Matcher.quoteReplacement(Redaction.IBAN.placeholder() + text.substring(end));
      }
    }
    return Matcher.quoteReplacement(text);
  }

  private static boolean isAccount(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    if (plain.length() < MIN_ACCOUNT) {
      return false;
    }
    var digits = new StringBuilder();
    (plain.substring(4) + plain.substring(0, 4))
        .chars()
        .forEach(c -> digits.append(Character.digit(c, 36)));
    return new BigInteger(digits.toString()).mod(NINETY_SEVEN).intValue() == 1;
  }

  private static String cards(String text) {
    var result = new StringBuilder(text.length());
    for (int from = 0; from < text.length(); ) {
      int to = Character.isDigit(text.charAt(from)) ? cardEnd(text, from) : from;
      result.append(to > from ? Redaction.CARD.placeholder() : text.charAt(from));
      from = Math.max(to, from + 1);
    }
    return result.toString();
  }

  /** Where the longest card number ends that begins here, whole groups of digits only. */
  private static int cardEnd(String text, int from) {
    if (from > 0 && Character.isDigit(text.charAt(from - 1))) {
      return from;
    }
    int end = from;
    for (int to = from + 1; to <= Math.min(text.length(), from + MAX_WRITTEN); to++) {
      boolean digit = Character.isDigit(text.charAt(to - 1));
      if (!digit && !(isSeparator(text.charAt(to - 1)) && Character.isDigit(text.charAt(to - 2)))) {
        return end;
      }
      boolean whole = to == text.length() || !Character.isDigit(text.charAt(to));
      end = digit && whole && isCard(text.substring(from, to)) ? to : end;
    }
    return end;
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '\u00a0' || c == '-' || c == '.';
  }

  private static boolean isCard(String text) {
    int sum = 0;
    int count = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      int digit = Character.digit(text.charAt(i), 10);
      if (digit >= 0) {
        int weighted = count % 2 == 1 ? 2 * digit : digit;
        sum += weighted > 9 ? weighted - 9 : weighted;
        count++;
      }
    }
    return count >= MIN_CARD && count <= MAX_CARD && sum % 10 == 0;
  }
}
