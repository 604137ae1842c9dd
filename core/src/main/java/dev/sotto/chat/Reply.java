package dev.sotto.chat;

import java.util.List;

/**
 * What a bot says: Markdown as CommonMark has it (adapters translate), and buttons that answer in
 * the person's name.
 *
 * @param choices at most 5; a press comes back as a {@link ChatEvent.Message} with the value, or,
 *     where the reply answers a command, as a {@link ChatEvent.Command} with the value as its line
 */
public record Reply(String text, List<Choice> choices) {
  public Reply {
    choices = List.copyOf(choices);
    if (choices.size() > 5) {
      throw new IllegalArgumentException("a reply has at most 5 choices");
    }
  }

  public static Reply of(String text) {
    return new Reply(text, List.of());
  }

  @Override
  public String toString() {
    return "Reply[" + text.length() + " characters]";
  }

  /**
   * One button.
   *
   * @param label at most 75 characters
   * @param value at most 90 characters
   */
  public record Choice(String label, String value) {
    @Override
    public String toString() {
      return "Choice";
    }
  }
}
