package dev.sotto.assistant;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * One question of a quiz or a form.
 *
 * @param choices what to choose from, as buttons: none, or two to five
 * @param answers what is right: some of the choices, or the accepted words of a free answer; empty
 *     in a form, where every answer is
 * @param explanation told after the answer; may be empty
 */
public record Question(
    String question, List<String> choices, List<String> answers, String explanation) {

  public Question {
    choices = List.copyOf(choices);
    answers = List.copyOf(answers);
  }

  /**
   * Whether an answer is right. Case, accents, spaces and the marks around a sentence do not
   * matter.
   */
  public boolean accepts(String given) {
    String plain = plain(given);
    return answers.isEmpty() || answers.stream().anyMatch(answer -> plain(answer).equals(plain));
  }

  private static String plain(String text) {
    String letters = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
    return letters
        .toLowerCase(Locale.ROOT)
        .strip()
        .replaceAll("^[\"'(]+|[.,!?;:\"')]+$", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
