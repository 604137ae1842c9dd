package dev.sotto.guard;

/**
 * Takes out the characters that nobody sees, one character at a time. A zero-width joiner or
 * non-joiner stays only between two characters outside ASCII, where emoji and scripts need it.
 */
final class Cleaner {
  private static final int MAX_ESCAPE = 256;
  private static final char ESCAPE = 0x1b;
  private static final char BELL = 0x07;

  /** Where the characters go. */
  @FunctionalInterface
  interface Sink {
    void accept(char c);
  }

  private enum Sequence {
    NONE,
    BEGUN,
    CONTROL,
    COMMAND
  }

  private final Sink out;
  private Sequence sequence = Sequence.NONE;
  private int sequenceLength;
  private char high;
  private char joiner;
  private int last;

  Cleaner(Sink out) {
    this.out = out;
  }

  void accept(char c) {
    if (sequence != Sequence.NONE && inSequence(c)) {
      return;
    }
    if (c == ESCAPE) {
      sequence = Sequence.BEGUN;
    } else if (Character.isHighSurrogate(c)) {
      high = c;
    } else if (Character.isLowSurrogate(c)) {
      if (high != 0) {
        codePoint(Character.toCodePoint(high, c));
        high = 0;
      }
    } else {
      high = 0;
      codePoint(c);
    }
  }

  /** Whether the character belongs to a terminal escape and is gone with it. */
  private boolean inSequence(char c) {
    sequenceLength++;
    Sequence now = sequence;
    if (now == Sequence.BEGUN && c == '\\') {
      sequence = Sequence.NONE;
      return true;
    }
    if (now == Sequence.BEGUN && (c == '[' || c == ']')) {
      sequence = c == '[' ? Sequence.CONTROL : Sequence.COMMAND;
      sequenceLength = 0;
      return true;
    }
    boolean inside =
        switch (now) {
          case NONE, BEGUN -> false;
          case CONTROL -> c >= 0x20 && c <= 0x7e;
          case COMMAND -> c != '\n' && c != ESCAPE;
        };
    boolean last = now == Sequence.CONTROL ? c >= 0x40 : c == BELL;
    if (!inside || last || sequenceLength > MAX_ESCAPE) {
      sequence = Sequence.NONE;
    }
    return inside;
  }

  private void codePoint(int c) {
    if (c == 0x200c || c == 0x200d) {
      joiner = last < 0x80 || joiner != 0 ? 0 : (char) c;
    } else if (c == 0x2028 || c == 0x2029) {
      emit('\n');
    } else if (c == 0xfe0e || c == 0xfe0f) {
      presentation(c);
    } else if (!invisible(c)) {
      emit(c);
    }
  }

  private void emit(int c) {
    if (joiner != 0 && c >= 0x80) {
      out.accept(joiner);
    }
    joiner = 0;
    last = c;
    if (Character.isBmpCodePoint(c)) {
      out.accept((char) c);
    } else {
      out.accept(Character.highSurrogate(c));
      out.accept(Character.lowSurrogate(c));
    }
  }

  /** The choice between text and emoji stays behind emoji and the keys of a phone. */
  private void presentation(int c) {
    boolean key = (last >= '0' && last <= '9') || last == '#' || last == '*';
    if (key || (last >= 0xa9 && !Character.isLetter(last))) {
      emit(c);
    }
  }

  private static boolean invisible(int c) {
    if (c < 0xad) {
      return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    }
    return switch (Character.getType(c)) {
      case Character.FORMAT, Character.CONTROL, Character.SURROGATE -> true;
      default ->
          (c >= 0xfe00 && c <= 0xfe0d)
              || (c >= 0xe0000 && c <= 0xe0fff)
              || (c >= 0x180b && c <= 0x180f)
              || (c >= 0x2060 && c <= 0x206f)
              || c == 0x034f
              || c == 0x115f
              || c == 0x1160
              || c == 0x17b4
              || c == 0x17b5
              || c == 0x3164
              || c == 0xffa0;
    };
  }
}
