package dev.sotto.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a chat program would make a link of: the oracle of these tests, written apart from the
 * guard. It skips code the way Discord does (any closing sign counts), follows every address with a
 * scheme or {@code www.} and every linked text, and reads a host as far as a browser would.
 */
final class Reader {
  private static final Pattern CODE =
      Pattern.compile("```[^`](?:[^`]|`(?!``))*```|(?<![`\\\\])(`{1,2})(?!`)[^`\\n]+\\1(?!`)");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:https?|ftp):[/\\\\]+([^/?#\\\\\\s<>]*)|(?<![\\p{L}\\p{N}.-])(www\\.[^/?#\\\\\\s<>]*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CALL =
      Pattern.compile(
          "@(?:everyone|here)|<!(?:channel|here|everyone)|<@&", Pattern.CASE_INSENSITIVE);

  private Reader() {}

  /** The hosts that would be linked, in lower case. */
  static List<String> hosts(String text) {
    var hosts = new ArrayList<String>();
    ADDRESS
        .matcher(CODE.matcher(text).replaceAll(" "))
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .map(host ->
            host.replaceFirst("^.*@", "").replaceFirst("[)\\]}\"'.,;:!?*_~|].*$|:\\d+$", ""))
        .forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    return hosts;
  }

  static boolean calls(String text) {
    return CALL.matcher(text).find();
  }
}
