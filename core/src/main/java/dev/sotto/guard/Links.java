package dev.sotto.guard;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes every address inert that does not lead to a listed host and is not quoted: {@code
 * https://evil.com/x} becomes {@code evil[.]com/x}. Also addresses without a scheme, as far as chat
 * programs make links of them: {@code www.…}, and names under a top-level domain, unless they look
 * like a file's.
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
              + "|(?<![\\p{L}\\p{N}_.-])"
              + ("(?<bare>" + LABEL + "(?:\\." + LABEL + "){1,127}+\\.?(?::\\d{1,5})?")
              + ("(?:[/?#\\\\]" + URL + ")?))"),
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NESTED =
      Pattern.compile("(?:https?|ftps?):", Pattern.CASE_INSENSITIVE);
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
    while (found.find()) {
      found.appendReplacement(safe, Matcher.quoteReplacement(judged(found, text)));
    }
    return found.appendTail(safe).toString();
  }

  private String judged(Matcher found, String text) {
    if (found.group("scheme") != null) {
      return web(found, text);
    }
    if (found.group("foreign") != null) {
      return parted(found) + found.group("foreign") + "[:]";
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
    boolean prose =
        slashes.isEmpty() ? rest.indexOf('.') < 0 : rest.isEmpty() && isOver(text, found.end());
    if (prose && !linked) {
      return found.group();
    }
    String address = trimmed(found.group("scheme") + ":" + slashes + rest);
    boolean listed =
        slashes.equals("//")
            && !NESTED.matcher(rest).find()
            && isListed(trimmed(rest), found, text);
    if (listed || (cited.hold(address) && endsHere(found, text, "<>"))) {
      return found.group();
    }
    return parted(found)
        + (rest.isEmpty() ? found.group("scheme") + "[:]" + slashes : defanged(rest));
  }

  private String bare(Matcher found, String text) {
    String bare = found.group("bare");
    String address = trimmed(bare);
    String host = authority(address).replaceFirst(":\\d{1,5}$", "");
    boolean more = host.length() < address.length();
    boolean link = host.startsWith("www.") || TopLevel.makesLink(host, more);
    boolean allowed =
        isListed(address, found, text) || (cited.hold(address) && endsHere(found, text, "<>"));
    if (allowed || !link || (!more && isOfEmail(found, text))) {
      return found.group();
    }
    return parted(found) + defanged(bare);
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
    return address.substring(0, end).replace(".", "[.]")
        + inert(address.substring(end))
        + rest.substring(address.length());
  }
}
