package dev.sotto.audit;

import java.util.Comparator;

/**
 * The number of an entry: its segment, and its number in it, from 1. Shown as {@code 2/17}.
 *
 * @param seq 0 before the first
 */
public record Place(int segment, long seq) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::segment).thenComparingLong(Place::seq);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return segment + "/" + seq;
  }
}
