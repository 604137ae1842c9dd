package dev.sotto.slack;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text between Slack's own notation and the plain Markdown of a chat (Slack's documentation,
 * "Formatting message text").
 */
final class SlackText {
  private static final Pattern ENTITY = Pattern.compile("<([^<>\\n]{1,3000})>");

  /** What Slack might read as a mention, a channel or another command to itself. */
  private static final Pattern COMMAND =
      Pattern.compile("<(?=\\s*(?:[@#]|!(?!--|doctype\\b|\\[cdata)))", Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_UNDECIDED = 12;

  private SlackText() {}

  /** As a person reads it, without the mentions of the bot. */
  static String read(String text, String botUser) {
    String mention = "<@" + Pattern.quote(botUser) + "(?:\\|[^<>]{0,100})?>[ \\t]{0,100}";
    String own = text.replaceAll(mention, "");
    return unescape(ENTITY.matcher(own).replaceAll(SlackText::entity)).strip();
  }

  static boolean mentions(String text, String botUser) {
    return text.contains("<@" + botUser + ">") || text.contains("<@" + botUser + "|");
  }

  /** Markdown that cannot call anybody. */
  static String write(String markdown) {
    return COMMAND.matcher(markdown).replaceAll("&lt;");
  }

  /** The same for a text that still grows: an end that may become a command is held back. */
  static String writeSoFar(String markdown) {
    int open = markdown.lastIndexOf('<');
    boolean undecided = open >= 0 && markdown.length() - open < LONGEST_UNDECIDED;
    return write(undecided ? markdown.substring(0, open) : markdown);
  }

  /** The escaping of a field that is not Markdown. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String unescape(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private static String entity(MatchResult match) {
    String content = match.group(1);
    int bar = content.indexOf('|');
    String target = bar < 0 ? content : content.substring(0, bar);
    String label = bar < 0 ? "" : content.substring(bar + 1);
    String read =
        switch (content.charAt(0)) {
          case '@' -> "@" + (label.isEmpty() ? target.substring(1) : label);
          case '#' -> "#" + (label.isEmpty() ? target.substring(1) : label);
          case '!' -> label.isEmpty() ? "@" + target.substring(1) : label;
          default -> link(target, label);
        };
    return Matcher.quoteReplacement(read);
  }

  private static String link(String target, String label) {
    String address = target.startsWith("mailto:") ? target.substring("mailto:".length()) : target;
    boolean same = label.isEmpty() || label.equals(address) || address.endsWith("//" + label);
    return same ? address : label + " (" + address + ")";
  }
}
