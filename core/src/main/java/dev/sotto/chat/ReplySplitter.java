package dev.sotto.chat;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a reply into messages a platform takes: between paragraphs where it can, else between
 * lines, words or characters, and never inside a code fence. A fence that is too long for one
 * message is closed at its end and opened again in the next.
 *
 * <p>Where a message ends depends only on the text up to there and a little beyond, so of a text
 * that grows all messages but the last stay as they are. A reply ends with {@link #CUT} after
 * {@value #MAX_MESSAGES} messages or {@value #MAX_CHARACTERS} characters.
 */
public final class ReplySplitter {
  /** Messages in one reply. */
  public static final int MAX_MESSAGES = 60;

  /** Characters (UTF-16) in one reply. */
  public static final int MAX_CHARACTERS = 120_000;

  /** The smallest limit that can be kept with a fence to close and open again. */
  public static final int MIN_LIMIT = 200;

  /** What stands at the end of a reply that was too long. */
  public static final String CUT = "_The reply is cut here: it is too long for a chat._";

  private static final Pattern FENCE = Pattern.compile("([ \\t]{0,10})(`{3,10}|~{3,10})([^`~].*)?");

  private ReplySplitter() {}

  /**
   * The messages of a reply in order, none when there is nothing to read.
   *
   * @param limit characters (UTF-16) in one message, at least {@value #MIN_LIMIT}
   */
  public static List<String> split(String markdown, int limit) {
    if (limit < MIN_LIMIT) {
      throw new IllegalArgumentException("a message holds at least " + MIN_LIMIT + " characters");
    }
    String text = withoutBlankLines(markdown, 0);
    boolean cut = text.length() > MAX_CHARACTERS;
    String rest = cut ? text.substring(0, character(text, MAX_CHARACTERS)) : text;
    List<String> messages = new ArrayList<>();
    while (!rest.isBlank() && messages.size() < MAX_MESSAGES) {
      Part part = first(rest, limit);
      messages.add(part.message());
      rest = part.rest();
    }
    return cut || !rest.isBlank() ? cutShort(messages, limit) : List.copyOf(messages);
  }

  /** A message, and what comes after it. */
  private record Part(String message, String rest) {
    static Part at(String text, int end) {
      return new Part(text.substring(0, end).stripTrailing(), withoutBlankLines(text, end));
    }
  }

  /** The line that opens a block of code. */
  private record Fence(int start, int end, String indent, String marks, String opening) {
    String closing() {
      return indent + marks;
    }

    boolean closedBy(String line) {
      String marked = line.strip();
      return marked.length() >= marks.length()
          && marked.chars().allMatch(mark -> mark == marks.charAt(0));
    }
  }

  private static Part first(String text, int limit) {
    if (text.length() <= limit) {
      return new Part(text.stripTrailing(), "");
    }
    Scan scan = Scan.of(text, limit);
    if (scan.open().isEmpty()) {
      return Part.at(text, scan.bestEnd(text, limit));
    }
    Fence fence = scan.open().get();
    return fence.start() > 0 ? Part.at(text, fence.start()) : insideFence(text, limit, fence);
  }

  /** What the complete lines within the limit say about where to end. */
  private record Scan(int paragraph, int line, Optional<Fence> open) {
    static Scan of(String text, int limit) {
      int paragraph = 0;
      int line = 0;
      Optional<Fence> open = Optional.empty();
      for (int end = text.indexOf('\n'); end >= 0 && end <= limit; end = text.indexOf('\n', line)) {
        String content = text.substring(line, end);
        if (open.isPresent()) {
          open = open.get().closedBy(content) ? Optional.empty() : open;
        } else if (content.isBlank()) {
          paragraph = line;
        } else {
          open = fence(content, line, limit);
        }
        line = end + 1;
      }
      return new Scan(paragraph, line, open);
    }

    /** A paragraph's end, unless that leaves a message nearly empty; else a line's, a word's. */
    int bestEnd(String text, int limit) {
      int least = limit / 4;
      if (paragraph > least) {
        return paragraph;
      }
      if (line > least) {
        return line;
      }
      int space = text.lastIndexOf(' ', limit);
      return space > least ? space + 1 : character(text, limit);
    }
  }

  private static Optional<Fence> fence(String line, int start, int limit) {
    Matcher matcher = FENCE.matcher(line);
    if (!matcher.matches() || line.indexOf('`', matcher.end(2)) >= 0) {
      return Optional.empty();
    }
    String marker = matcher.group(1) + matcher.group(2);
    String opening = line.length() > limit / 4 ? marker : line.stripTrailing();
    return Optional.of(
        new Fence(start, start + line.length(), matcher.group(1), matcher.group(2), opening));
  }

  private static Part insideFence(String text, int limit, Fence fence) {
    int body = fence.end() + 1;
    int room = limit - fence.closing().length() - 1;
    int line = text.lastIndexOf('\n', room);
    int end = line > body ? line : character(text, room);
    String message = text.substring(0, end) + "\n" + fence.closing();
    String rest = text.substring(line > body ? end + 1 : end);
    int lineEnd = rest.indexOf('\n');
    if (fence.closedBy(lineEnd < 0 ? rest : rest.substring(0, lineEnd))) {
      return new Part(message, lineEnd < 0 ? "" : withoutBlankLines(rest, lineEnd));
    }
    return new Part(message, fence.opening() + "\n" + rest);
  }

  private static List<String> cutShort(List<String> messages, int limit) {
    List<String> kept = new ArrayList<>(messages);
    String last = first(kept.removeLast(), limit - CUT.length() - 24).message();
    Optional<Fence> open = Scan.of(last + "\n", limit).open();
    kept.add(last + open.map(fence -> "\n" + fence.closing()).orElse("") + "\n\n" + CUT);
    return List.copyOf(kept);
  }

  /** The last end of a whole visible character at or before an index. */
  private static int character(String text, int index) {
    int from = Math.max(0, index - 64);
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text.substring(from, Math.min(text.length(), index + 64)));
    int inside = index - from;
    int end = characters.isBoundary(inside) ? inside : characters.preceding(inside);
    if (end > 0) {
      return from + end;
    }
    return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
  }

  private static String withoutBlankLines(String text, int from) {
    int content = from;
    while (content < text.length() && Character.isWhitespace(text.charAt(content))) {
      content++;
    }
    int line = text.lastIndexOf('\n', Math.max(0, content - 1));
    return text.substring(Math.max(from, line + 1));
  }
}
