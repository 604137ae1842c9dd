package dev.sotto.guard;

/** Looks for one word in a running text (Knuth, Morris and Pratt). */
final class Needle {
  private static final int SUSPECTED = 3;
  private static final int SHORTEST = 8;

  private final String word;
  private final int[] fallback;
  private int matched;
  private boolean found;

  Needle(String word) {
    this.word = word;
    this.fallback = new int[word.length() + 1];
    for (int i = 1; i < word.length(); i++) {
      int known = fallback[i];
      while (known > 0 && word.charAt(i) != word.charAt(known)) {
        known = fallback[known];
      }
      fallback[i + 1] = word.charAt(i) == word.charAt(known) ? known + 1 : 0;
    }
  }

  void read(char c) {
    if (word.length() < SHORTEST) {
      return;
    }
    if (found) {
      matched = fallback[matched];
    }
    while (matched > 0 && word.charAt(matched) != c) {
      matched = fallback[matched];
    }
    if (word.charAt(matched) == c) {
      matched++;
    }
    found = matched == word.length();
  }

  /** Whether the text ends with the beginning of the word. */
  boolean suspected() {
    return matched >= SUSPECTED;
  }

  /** Whether the text ends with the word. */
  boolean found() {
    return found;
  }
}
