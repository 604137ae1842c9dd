package dev.sotto.command;

/**
 * How far a command is that takes long.
 *
 * @param what is being done, in a few words
 * @param total 0 as long as it is not known
 */
public record Doing(String what, long done, long total) {
  private static final int HUNDRED = 100;

  /** 100 only when all is done. */
  public int percent() {
    return total <= 0 ? 0 : (int) Math.min(HUNDRED, done * HUNDRED / total);
  }

  /** In Markdown, with a bar. */
  public String text() {
    return KeyReport.bar("**" + what + "**", this);
  }

  /** Told from the thread that runs the command; must not block. */
  @FunctionalInterface
  public interface Watcher {
    void advance(Doing doing);
  }
}
