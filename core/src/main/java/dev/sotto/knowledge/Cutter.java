package dev.sotto.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts one Markdown or plain text document into passages: at headings, then at blank lines. */
final class Cutter {
  private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.+?)\\s*#*");
  private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");

  private final String source;
  private final List<String> headings = new ArrayList<>();
  private final List<Passage> passages = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder paragraph = new StringBuilder();

  private Cutter(String source) {
    this.source = source;
  }

  static List<Passage> cut(String source, String document) {
    Cutter cutter = new Cutter(source);
    boolean fenced = false;
    for (String line : document.lines().toList()) {
      fenced ^= FENCE.matcher(line).matches();
      Matcher heading = HEADING.matcher(line);
      if (!fenced && heading.matches()) {
        cutter.begin(heading.group(1).length(), heading.group(2));
      } else {
        cutter.add(line, fenced);
      }
    }
    cutter.endPassage();
    return cutter.passages;
  }

  private void begin(int level, String title) {
    endPassage();
    while (headings.size() >= level) {
      headings.removeLast();
    }
    while (headings.size() < level - 1) {
      headings.add("");
    }
    headings.add(title);
  }

  private void add(String line, boolean fenced) {
    if (line.isBlank() && !fenced) {
      endParagraph();
      return;
    }
    for (String piece : pieces(line)) {
      if (paragraph.length() + piece.length() >= Passage.LONGEST) {
        endParagraph();
      }
      paragraph.append(piece).append('\n');
    }
  }

  /** The line, or its parts where it alone is longer than a passage: at spaces if there are any. */
  private static List<String> pieces(String line) {
    List<String> pieces = new ArrayList<>();
    String rest = line;
    while (rest.length() >= Passage.LONGEST) {
      int space = rest.lastIndexOf(' ', Passage.LONGEST - 1);
      int end = space > 0 ? space : Passage.LONGEST - 1;
      end -= Character.isHighSurrogate(rest.charAt(end - 1)) ? 1 : 0;
      pieces.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    pieces.add(rest);
    return pieces;
  }

  private void endParagraph() {
    String whole = paragraph.toString().stripTrailing();
    paragraph.setLength(0);
    if (whole.isEmpty()) {
      return;
    }
    if (text.length() + whole.length() + 2 > Passage.LONGEST) {
      flush();
    }
    text.append(text.isEmpty() ? "" : "\n\n").append(whole);
  }

  private void endPassage() {
    endParagraph();
    flush();
  }

  private void flush() {
    if (!text.isEmpty()) {
      String heading = String.join(" › ", headings.stream().filter(it -> !it.isEmpty()).toList());
      passages.add(new Passage(source, heading, text.toString()));
      text.setLength(0);
    }
  }
}
