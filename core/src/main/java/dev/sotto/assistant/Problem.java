package dev.sotto.assistant;

import java.util.Comparator;

/**
 * One mistake in a file and how to mend it. It names keys and files, never what somebody wrote as
 * instructions or an answer.
 *
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
public record Problem(String file, int line, int column, String message) {
  static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  /** The form that editors and terminals make a link of: {@code helpdesk.yaml:7:3: message}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
