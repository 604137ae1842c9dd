package dev.sotto.chat;

/**
 * One thing that somebody looked at on the operator's behalf.
 *
 * @param check what was looked at, for programs: the same in every examination
 * @param well whether it is as it should be
 * @param line what was found, for people, in one line without secrets; when it is not well also how
 *     to mend it
 */
public record Finding(String check, boolean well, String line) {

  public static Finding well(String check, String line) {
    return new Finding(check, true, line);
  }

  public static Finding fault(String check, String line) {
    return new Finding(check, false, line);
  }
}
