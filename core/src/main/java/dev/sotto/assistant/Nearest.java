package dev.sotto.assistant;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Nearest {
  private static final int LONGEST_SHOWN = 24;

  private Nearest() {}

  /** An ending for an error message: what was meant, or what there is to choose from. */
  public static String hint(String word, Collection<String> known) {
    return hint(word, known, known);
  }

  /** The same, where what there is to choose from is shown in other words than it is typed. */
  public static String hint(String word, Collection<String> candidates, Collection<String> known) {
    return find(word, candidates)
        .map(near -> "; did you mean '" + near + "'?")
        .orElseGet(() -> "; known: " + String.join(", ", known));
  }

  /** The word as it may be shown: short and printable. */
  static String shown(String word) {
    String clean = word.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", "?");
    return clean.length() <= LONGEST_SHOWN ? clean : clean.substring(0, LONGEST_SHOWN) + "…";
  }

  private static Optional<String> find(String word, Collection<String> known) {
    if (word.length() > LONGEST_SHOWN) {
      return Optional.empty();
    }
    int most = Math.max(2, word.length() / 3);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= most)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** Levenshtein's distance, blind to case and to {@code _} for {@code -}. */
  private static int distance(String left, String right) {
    String from = left.toLowerCase(Locale.ROOT).replace('_', '-');
    int[] previous = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[right.length() + 1];
      current[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int change = from.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        int step = Math.min(previous[column], current[column - 1]) + 1;
        current[column] = Math.min(step, previous[column - 1] + change);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
