package dev.sotto.guard;

import java.util.Arrays;

/** All stretches of 12 characters of a text, to see whether another text runs along it. */
final class Grams {
  static final int LENGTH = 12;
  private static final long BASE = 0x9E3779B97F4A7C15L;

  private final long[] table;
  private final char[] last = new char[LENGTH];
  private final long leaving;
  private int count;
  private long hash;

  Grams(String text) {
    this.table = new long[Integer.highestOneBit(Math.max(1, text.length())) * 4];
    long power = 1;
    for (int i = 0; i < LENGTH; i++) {
      power *= BASE;
    }
    this.leaving = power;
    for (int i = 0; i < text.length(); i++) {
      roll(text.charAt(i));
      if (count >= LENGTH) {
        table[slot(hash)] = mark(hash);
      }
    }
    count = 0;
    hash = 0;
    Arrays.fill(last, (char) 0);
  }

  boolean isNotEmpty() {
    return table.length > 4;
  }

  /**
   * Takes one more character of the other text; whether its last 12 stand somewhere in this one.
   */
  boolean endsKnown(char next) {
    roll(next);
    return count >= LENGTH && table[slot(hash)] != 0;
  }

  private void roll(char next) {
    int place = count % LENGTH;
    hash = hash * BASE + next - last[place] * leaving;
    last[place] = next;
    count++;
  }

  /** Where the hash is, or would be. */
  private int slot(long wanted) {
    int mask = table.length - 1;
    int slot = (int) (wanted ^ (wanted >>> 32)) & mask;
    while (table[slot] != 0 && table[slot] != mark(wanted)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long mark(long hash) {
    return hash == 0 ? 1 : hash;
  }
}
