package dev.sotto.memory;

/**
 * The summary of what is shown no more.
 *
 * @param text empty if there is none
 * @param damaged 1 if it failed its integrity check and was left out, else 0
 */
public record Notes(String text, int damaged) {
  public static final Notes NONE = new Notes("", 0);

  @Override
  public String toString() {
    return "Notes";
  }
}
