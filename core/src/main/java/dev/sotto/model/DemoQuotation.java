package dev.sotto.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the passage that shares most words with a question, and quotes it with its source. */
final class DemoQuotation {
  private static final int MAX_CHARACTERS = 900;
  private static final Set<String> COMMON =
      Set.of(
          ("about after again also another any anyone are ask been before but can could did does"
                  + " from for get give had has have her him his how into its just know like may me"
                  + " more most much must need not now off one our out over please say see she"
                  + " should some tell than that the their them then there they this time too use"
                  + " want was way were what when where which who why will with would you your")
              .split(" "));

  private DemoQuotation() {}

  static Optional<String> find(String question, List<Prompt.Passage> passages) {
    Set<String> asked = words(question);
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    int enough = asked.size() > 2 ? 2 : 1;
    return passages.stream()
        .filter(passage -> shared(asked, passage.heading() + " " + passage.text()) >= enough)
        .max(Comparator.comparingInt(passage -> score(asked, passage)))
        .map(DemoQuotation::quote);
  }

  private static int score(Set<String> asked, Prompt.Passage passage) {
    return 2 * shared(asked, passage.heading()) + shared(asked, passage.text());
  }

  private static int shared(Set<String> asked, String text) {
    Set<String> there = words(text);
    return (int) asked.stream().filter(there::contains).count();
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> word.length() > 2 && !COMMON.contains(word))
        .map(DemoQuotation::stem)
        .collect(Collectors.toSet());
  }

  private static String stem(String word) {
    String stem = word.replaceFirst("(ing|ed|es|s)$", "");
    return stem.length() > 2 ? stem : word;
  }

  private static String quote(Prompt.Passage passage) {
    String text = passage.text().strip();
    if (text.length() > MAX_CHARACTERS) {
      int end = Math.max(text.lastIndexOf(". ", MAX_CHARACTERS) + 1, MAX_CHARACTERS / 2);
      text = text.substring(0, end).strip() + " …";
    }
    String heading = passage.heading().isBlank() ? "" : ", “" + passage.heading() + "”";
    return text + "\n\n*Source: " + passage.source() + heading + "*";
  }
}
