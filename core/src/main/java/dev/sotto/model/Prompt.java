package dev.sotto.model;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What a model is asked.
 *
 * @param instructions the assistant's system prompt, at most 100,000 characters
 * @param notes what was said before that is shown no more, summed up; empty if there is nothing
 * @param passages quotations from documents to answer from, at most 50
 * @param said the conversation, oldest first, at most 1,000 entries; the last one is a person's
 * @param temperature from 0 to 2; a model that takes none is asked without it
 */
public record Prompt(
    String instructions,
    String notes,
    List<Passage> passages,
    List<Said> said,
    double temperature) {
  private static final int MAX_INSTRUCTIONS = 100_000;
  private static final int MAX_PASSAGES = 50;
  private static final int MAX_SAID = 1_000;
  private static final int MAX_CHARACTERS = 4_000_000;

  /**
   * @throws IllegalArgumentException a limit is passed, all texts together have more than 4,000,000
   *     characters, or the last word is not a person's
   */
  public Prompt {
    passages = List.copyOf(passages);
    said = List.copyOf(said);
    require(instructions.length() <= MAX_INSTRUCTIONS, "instructions of 100,000 characters");
    require(passages.size() <= MAX_PASSAGES, "50 passages");
    require(said.size() <= MAX_SAID, "1,000 things said");
    require(
        notes.length() + sum(passages, p -> p.text().length()) + sum(said, s -> s.text().length())
            <= MAX_CHARACTERS,
        "4,000,000 characters");
    require(temperature >= 0 && temperature <= 2, "a temperature from 0 to 2");
    if (said.isEmpty() || said.getLast().role() != Role.PERSON) {
      throw new IllegalArgumentException("the last word of a prompt is a person's");
    }
  }

  /** Without notes. */
  public Prompt(String instructions, List<Passage> passages, List<Said> said, double temperature) {
    this(instructions, "", passages, said, temperature);
  }

  private static void require(boolean kept, String limit) {
    if (!kept) {
      throw new IllegalArgumentException("a prompt has at most " + limit);
    }
  }

  private static <T> long sum(List<T> parts, ToIntFunction<T> length) {
    return parts.stream().mapToLong(length::applyAsInt).sum();
  }

  @Override
  public String toString() {
    return "Prompt[" + said.size() + " said, " + passages.size() + " passages]";
  }

  /** A quotation, and where it stands. */
  public record Passage(String source, String heading, String text) {
    @Override
    public String toString() {
      return "Passage[" + text.length() + " characters]";
    }
  }

  /** One thing said in the conversation. */
  public record Said(Role role, String text) {
    @Override
    public String toString() {
      return "Said[" + role + ", " + text.length() + " characters]";
    }
  }

  /** Who said it. */
  public enum Role {
    PERSON,
    ASSISTANT
  }
}
