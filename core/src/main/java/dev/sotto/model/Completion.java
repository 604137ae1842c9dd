package dev.sotto.model;

/**
 * A whole answer.
 *
 * @param model who gave it, as in {@code openai/gpt-5-mini}
 * @param cut whether it would have gone on: the listener had enough, or a limit was reached
 * @param inputTokens what the provider counted, 0 when it did not tell
 * @param outputTokens what the provider counted, 0 when it did not tell
 */
public record Completion(
    String text, String model, boolean cut, int inputTokens, int outputTokens) {
  /** This one, as the end of an answer that took another call before. */
  Completion plus(Completion earlier) {
    return new Completion(
        text, model, cut, earlier.inputTokens + inputTokens, earlier.outputTokens + outputTokens);
  }

  @Override
  public String toString() {
    return "Completion[" + model + ", " + text.length() + " characters]";
  }
}
