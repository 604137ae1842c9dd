package dev.sotto.model;

/**
 * All that a listener heard of one answer, over all calls that it took: what comes after the call
 * of a function begins a new paragraph.
 */
final class Heard implements Listener {
  private static final String PARAGRAPH = "\n\n";

  private final Listener listener;
  private final StringBuilder text = new StringBuilder();
  private boolean interrupted;

  Heard(Listener listener) {
    this.listener = listener;
  }

  @Override
  public boolean onText(String piece) {
    String next = interrupted && !text.isEmpty() ? PARAGRAPH + piece.stripLeading() : piece;
    interrupted &= piece.isBlank();
    if (interrupted) {
      return true;
    }
    text.append(next);
    return listener.onText(next);
  }

  @Override
  public void onTokens(long tokens) {
    listener.onTokens(tokens);
  }

  /** A function is being called. */
  void interrupt() {
    interrupted = true;
  }

  String text() {
    return text.toString();
  }
}
