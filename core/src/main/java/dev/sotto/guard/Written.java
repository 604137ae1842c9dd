package dev.sotto.guard;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as a reader of Markdown gets to see it: entities and backslashes resolved, compatible forms
 * of letters and signs replaced. In this form a link cannot hide.
 */
final class Written {
  private static final Pattern ENTITY =
      Pattern.compile("&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]{2,14}));");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(?=[!-/:-@\\[-`{-~])");
  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("colon", ":"),
          Map.entry("sol", "/"),
          Map.entry("bsol", "\\"),
          Map.entry("period", "."),
          Map.entry("commat", "@"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("amp", "&"),
          Map.entry("excl", "!"),
          Map.entry("num", "#"),
          Map.entry("quest", "?"),
          Map.entry("lpar", "("),
          Map.entry("rpar", ")"),
          Map.entry("lsqb", "["),
          Map.entry("rsqb", "]"),
          Map.entry("lbrack", "["),
          Map.entry("rbrack", "]"),
          Map.entry("hyphen", "-"),
          Map.entry("lowbar", "_"),
          Map.entry("shy", ""),
          Map.entry("zwj", ""),
          Map.entry("zwnj", ""),
          Map.entry("ZeroWidthSpace", ""),
          Map.entry("NoBreak", ""));
  private static final int ROUNDS = 3;

  private Written() {}

  static String plainly(String text) {
    String now = text;
    for (int round = 0; round < ROUNDS && mayDiffer(now); round++) {
      String next = once(now);
      if (next.equals(now)) {
        return now;
      }
      now = next;
    }
    return now;
  }

  private static boolean mayDiffer(String text) {
    return text.chars().anyMatch(c -> c >= 0x80 || c == '&' || c == '\\');
  }

  private static String once(String text) {
    String decoded =
        text.indexOf('&') < 0 ? text : ENTITY.matcher(text).replaceAll(Written::character);
    String escaped = decoded.indexOf('\\') < 0 ? decoded : ESCAPED.matcher(decoded).replaceAll("");
    return Normalizer.normalize(escaped, Normalizer.Form.NFKC).replace('\u3002', '.');
  }

  private static String character(MatchResult entity) {
    String character =
        entity.group(3) != null
            ? NAMED.getOrDefault(entity.group(3), entity.group())
            : numbered(entity);
    return Matcher.quoteReplacement(character);
  }

  private static String numbered(MatchResult entity) {
    int number =
        entity.group(1) != null
            ? Integer.parseInt(entity.group(1), 16)
            : Integer.parseInt(entity.group(2));
    if (!Character.isValidCodePoint(number)) {
      return entity.group();
    }
    var visible = new StringBuilder();
    var cleaner = new Cleaner(visible::append);
    Character.toString(number).chars().forEach(c -> cleaner.accept((char) c));
    return visible.toString();
  }
}
