package dev.sotto.guard;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Tells code from text in a running answer, and hands both on by words, spans and lines. Only what
 * CommonMark, Slack and Discord all take for code is code: spans on one line between single or
 * double backticks, and blocks between lines of three. From the first backtick on that they read
 * differently, everything is text, to the end of the answer. A block with an unlisted link is held
 * back until its end is seen, because without an end it is no code.
 */
final class CodeScanner {
  private static final int MAX_WORD = 4_096;
  private static final int MAX_SPAN = 500;
  private static final int MAX_LINE = 4_000;
  private static final int MAX_BLOCK = 20_000;
  private static final String FENCE = "```";
  private static final Pattern INFO = Pattern.compile("[A-Za-z0-9_+.#-]{0,40} *");
  private static final Pattern CLOSING = Pattern.compile(" {0,3}``` *\\n?");

  private enum State {
    TEXT,
    OPENING,
    SPAN,
    SPAN_CLOSING,
    INFO,
    BLOCK
  }

  private final TextRules rules;
  private final Consumer<String> out;
  private final Markup markup = new Markup();
  private final StringBuilder word = new StringBuilder();
  private final StringBuilder code = new StringBuilder();
  private final StringBuilder block = new StringBuilder();
  private State state = State.TEXT;
  private boolean trusted = true;
  private int wordStart;
  private int indent;
  private int ticks;
  private int closing;

  CodeScanner(TextRules rules, Consumer<String> out) {
    this.rules = rules;
    this.out = out;
  }

  void accept(char c) {
    switch (state) {
      case TEXT -> text(c);
      case OPENING -> opening(c);
      case SPAN -> span(c);
      case SPAN_CLOSING -> spanClosing(c);
      case INFO -> info(c);
      case BLOCK -> block(c);
    }
  }

  void finish() {
    switch (state) {
      case TEXT -> {}
      case OPENING -> distrust("`".repeat(ticks));
      case SPAN -> distrust("`".repeat(ticks) + code);
      case SPAN_CLOSING -> endSpan();
      case INFO -> distrust(FENCE + code);
      case BLOCK -> finishBlock();
    }
    endWord();
  }

  private void text(char c) {
    if (c == '`' && trusted) {
      ticks = 1;
      state = State.OPENING;
      return;
    }
    indent = c == '\n' ? 0 : c == ' ' && indent >= 0 && indent < 3 ? indent + 1 : -1;
    markup.read(c);
    word.append(c);
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      String last = word.substring(wordStart, word.length() - 1);
      wordStart = word.length();
      if (c == '\n' || !rules.mayGoOn(last)) {
        endWord();
      }
    }
    if (word.length() >= MAX_WORD) {
      word.append(' ');
      endWord();
    }
  }

  private void endWord() {
    if (!word.isEmpty()) {
      out.accept(rules.text(word.toString()));
      word.setLength(0);
    }
    wordStart = 0;
  }

  private void opening(char c) {
    if (c == '`') {
      ticks++;
      return;
    }
    code.setLength(0);
    boolean fence = ticks == FENCE.length() && indent >= 0;
    boolean inAddress = word.indexOf(":/", wordStart) >= 0;
    boolean escaped = !word.isEmpty() && word.charAt(word.length() - 1) == '\\';
    if (fence || (ticks < FENCE.length() && !inAddress && !escaped)) {
      state = fence ? State.INFO : State.SPAN;
      accept(c);
    } else {
      distrust("`".repeat(ticks) + c);
    }
  }

  private void span(char c) {
    if (c == '`') {
      closing = 1;
      state = State.SPAN_CLOSING;
    } else if (c == '\n' || code.length() >= MAX_SPAN) {
      distrust("`".repeat(ticks) + code + c);
    } else {
      code.append(c);
    }
  }

  private void spanClosing(char c) {
    if (c == '`') {
      closing++;
    } else {
      endSpan();
      accept(c);
    }
  }

  private void endSpan() {
    String content = code.toString();
    if (closing != ticks || content.isBlank() || markup.closesIn(content)) {
      distrust("`".repeat(ticks) + content + "`".repeat(closing));
      return;
    }
    endWord();
    indent = -1;
    state = State.TEXT;
    String fence = "`".repeat(ticks);
    out.accept(fence + rules.code(content) + fence);
  }

  private void info(char c) {
    if (c != '\n' && c != '`' && code.length() <= MAX_SPAN) {
      code.append(c);
    } else if (c == '\n' && INFO.matcher(code).matches()) {
      endWord();
      out.accept(FENCE + code + c);
      code.setLength(0);
      block.setLength(0);
      state = State.BLOCK;
    } else {
      distrust(FENCE + code + c);
    }
  }

  private void block(char c) {
    code.append(c);
    if (c == '\n' || code.length() > MAX_LINE) {
      line(code.toString());
    }
  }

  private void line(String line) {
    code.setLength(0);
    if (CLOSING.matcher(line).matches()) {
      out.accept(rules.code(block.toString()) + line);
      indent = 0;
      state = State.TEXT;
    } else if (line.contains(FENCE) || markup.closesIn(line) || line.length() > MAX_LINE) {
      distrust(block + line);
    } else if (block.isEmpty() && !rules.wouldChange(line)) {
      out.accept(rules.code(line));
    } else if (block.length() + line.length() > MAX_BLOCK) {
      distrust(block + line);
    } else {
      block.append(line);
    }
  }

  /** An unfinished block is finished here, as text where it holds links. */
  private void finishBlock() {
    boolean midLine = !code.isEmpty();
    if (midLine) {
      line(code.toString());
    }
    if (state == State.BLOCK) {
      out.accept(rules.text(block.toString()) + (midLine ? "\n" : "") + FENCE);
      state = State.TEXT;
    }
  }

  private void distrust(String raw) {
    trusted = false;
    state = State.TEXT;
    indent = -1;
    for (int i = 0; i < raw.length(); i++) {
      text(raw.charAt(i));
    }
  }
}
