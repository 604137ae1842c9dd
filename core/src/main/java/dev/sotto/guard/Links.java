package dev.sotto.guard;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes every address inert that does not lead to a listed host and is not quoted: {@code
 * https://evil.com/x} becomes {@code evil[.]com/x}. Also addresses without a scheme, as far as chat
 * programs make links of them: {@code www.…}, and names under a top-level domain ({@link
 * TopLevel}). Discord makes links of neither, Slack of both; an answer is judged the same way for
 * both.
 */
final class Links {
  private static final String URL = "[\\p{L}\\p{N}\\p{M}\\-._~:/?#@!$&*+=%\\\\{}^]*";
  private static final String LABEL = "[\\p{L}\\p{N}_-]{1,63}+";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<opening>\\]\\(<?)?(?:"
              + ("(?<scheme>https?|ftps?):(?<slashes>[/\\\\]*)(?<rest>" + URL + ")")
              + "|(?<foreign>[a-z][a-z0-9+.-]{0,30}):(?=/[/\\\\])"
              + "|(?<script>javascript|vbscript|data|file|mailto|tel|sms):"
              + "|(?<![\\p{L}\\p{N}_-])"
              + ("(?<bare>" + LABEL + "(?:\\." + LABEL + "){1,127}+\\.?(?!:[/\\\\])(?::\\d{1,5})?")
              + ("(?:[/?#\\\\]" + URL + ")?))"),
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NESTED =
      Pattern.compile("(https?|ftps?):", Pattern.CASE_INSENSITIVE);
  private static final Pattern PUNCTUATION = Pattern.compile("[*_~.,:;!?\\\\{}^]+$");
  private static final String CLOSING = ")]}\"'.,;:!?*_~|";
  private static final Pattern AUTHORITY_END = Pattern.compile("[/?#\\\\]");

  private final Set<String> hosts;
  private final Citations cited;

  Links(Set<String> hosts, List<String> citedTexts) {
    this.hosts = hosts;
    this.cited = new Citations(citedTexts);
  }

  /**
   * @param text in the form of {@link Written}, and not the middle of a word
   */
  String inert(String text) {
    if (text.indexOf('.') < 0 && text.indexOf(':') < 0) {
      return text;
    }
    Matcher found = ADDRESS.matcher(text);
    var safe = new StringBuilder(text.length() + 16);
    int done = 0;
    while (found.find(done)) {
      safe.append(text, done, found.start());
      boolean word = found.group("bare") != null && !isLink(found, text);
      done = word ? hostEnd(found) : found.end();
      safe.append(word ? text.substring(found.start(), done) : judged(found, text));
    }
    return safe.append(text, done, text.length()).toString();
  }

  private String judged(Matcher found, String text) {
    if (found.group("scheme") != null) {
      return web(found, text);
    }
    if (found.group("foreign") != null) {
      return parted(found) + found.group("foreign").replace(".", "[.]") + "[:]";
    }
    if (found.group("script") != null) {
      return parted(found) + found.group("script") + ":";
    }
    return bare(found, text);
  }

  private String web(Matcher found, String text) {
    String slashes = found.group("slashes");
    String rest = found.group("rest");
    boolean linked = found.group("opening") != null;
    boolean nested = NESTED.matcher(rest).find();
    boolean word =
        slashes.isEmpty()
            ? rest.indexOf('.') < 0 && !nested
            : rest.isEmpty() && isOver(text, found.end());
    if (word && !linked) {
      return found.group();
    }
    String address = trimmed(found.group("scheme") + ":" + slashes + rest);
    boolean listed = slashes.equals("//") && !nested && isListed(trimmed(rest), found, text);
    if (listed || (cited.hold(address) && endsHere(found, text, "<>"))) {
      return found.group();
    }
    return parted(found)
        + (rest.isEmpty() ? found.group("scheme") + "[:]" + slashes : defanged(rest));
  }

  private String bare(Matcher found, String text) {
    String bare = found.group("bare");
    String address = trimmed(bare);
    boolean listed = !NESTED.matcher(bare).find() && isListed(address, found, text);
    boolean quoted = cited.hold(address) && endsHere(found, text, "<>");
    return listed || quoted ? found.group() : parted(found) + defanged(bare);
  }

  /** Whether chat programs make a link of a name without a scheme. */
  private static boolean isLink(Matcher found, String text) {
    String address = trimmed(found.group("bare"));
    String host = authority(address).replaceFirst(":\\d{1,5}$", "");
    boolean more = host.length() < address.length();
    TopLevel.Shape alone = isTarget(found, text) ? TopLevel.Shape.TARGET : TopLevel.Shape.NAME;
    return ("." + host).contains(".www.")
        || (TopLevel.makesLink(host, more ? TopLevel.Shape.ADDRESS : alone)
            && (more || !isOfEmail(found, text)));
  }

  /** Whether it stands where Markdown or Slack has the target of a link. */
  private static boolean isTarget(Matcher found, String text) {
    int start = found.start("bare");
    return found.group("opening") != null || (start > 0 && text.charAt(start - 1) == '<');
  }

  private static int hostEnd(Matcher found) {
    return found.start("bare") + authority(found.group("bare")).length();
  }

  /** A link's text is parted from its target, and both are then text. */
  private static String parted(Matcher found) {
    return found.group("opening") == null ? "" : "] (";
  }

  /** Whether it leads to a listed host, and nobody can read a longer host into what follows. */
  private boolean isListed(String rest, Matcher found, String text) {
    String authority = authority(rest);
    boolean listed = hosts.contains(authority.replaceFirst(":\\d{1,5}$", ""));
    return listed && (authority.length() < rest.length() || endsHere(found, text, "<>|"));
  }

  private static String authority(String rest) {
    return AUTHORITY_END.split(rest, 2)[0].toLowerCase(Locale.ROOT);
  }

  /** Whether what follows, up to a blank or one of the ends, only closes what was opened. */
  private static boolean endsHere(Matcher found, String text, String ends) {
    boolean linked = found.group("opening") != null;
    for (int i = found.end(); !isOver(text, i); i++) {
      char c = text.charAt(i);
      if (ends.indexOf(c) >= 0 || (c == ')' && linked)) {
        return true;
      }
      if (CLOSING.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOver(String text, int at) {
    return at == text.length() || Character.isWhitespace(text.charAt(at));
  }

  private static boolean isOfEmail(Matcher found, String text) {
    int start = found.start("bare");
    boolean host =
        start > 1
            && text.charAt(start - 1) == '@'
            && Character.isLetterOrDigit(text.charAt(start - 2));
    return host || text.startsWith("@", found.end());
  }

  private static String trimmed(String address) {
    return PUNCTUATION.matcher(address).replaceFirst("");
  }

  private String defanged(String rest) {
    String address = trimmed(rest);
    int end = authority(address).length();
    String authority = address.substring(0, end).replace(".", "[.]");
    return (authority.endsWith(":") ? authority.substring(0, end - 1) + "[:]" : authority)
        + inert(NESTED.matcher(address.substring(end)).replaceAll("$1[:]"))
        + rest.substring(address.length());
  }
}
