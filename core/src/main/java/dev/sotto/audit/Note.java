package dev.sotto.audit;

/**
 * Something to be written down: ids, names of commands and kinds of failures, never what a person
 * said. Each word is cut at {@link #LONGEST} characters, and control characters become spaces.
 *
 * @param actor such as {@code slack:U123}, or {@link #PROGRAM}
 * @param object what it was done to, such as a scope's id
 * @param reason why it came out so; may be empty
 */
public record Note(Action action, Outcome outcome, String actor, String object, String reason) {
  /** The actor of what no person asked for. */
  public static final String PROGRAM = "sotto";

  static final int LONGEST = 300;

  public Note {
    actor = clean(actor);
    object = clean(object);
    reason = clean(reason);
  }

  /** What the program did by itself. */
  public static Note ofProgram(Action action, String object, String reason) {
    return new Note(action, Outcome.DONE, PROGRAM, object, reason);
  }

  private static String clean(String word) {
    String cut = word.length() <= LONGEST ? word : word.substring(0, LONGEST);
    return cut.replaceAll("\\p{Cntrl}", " ");
  }

  @Override
  public String toString() {
    return "Note[" + action + " " + outcome + "]";
  }
}
