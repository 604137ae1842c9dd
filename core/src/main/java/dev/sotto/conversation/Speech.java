package dev.sotto.conversation;

import dev.sotto.guard.RunningRelease;
import dev.sotto.knowledge.Passage;
import dev.sotto.model.Listener;
import java.util.List;
import java.util.function.Consumer;

/** One answer while a model speaks it: what the guard has released is shown as it grows. */
final class Speech implements Listener {
  /** The longest answer, in characters; what comes after is not waited for. */
  static final int LONGEST = 120_000;

  private static final String CUT = "\n\n_The answer was too long and is cut here._";
  private static final int LONGEST_FOOTER = 200;

  private final RunningRelease release;
  private final Consumer<String> show;
  private String visible = "";
  private long tokens;

  Speech(RunningRelease release, Consumer<String> show) {
    this.release = release;
    this.show = show;
  }

  @Override
  public boolean onText(String piece) {
    String released = release.add(piece);
    if (released.length() > visible.length()) {
      visible = released;
      show.accept(visible());
    }
    return visible.length() <= LONGEST;
  }

  @Override
  public void onTokens(long used) {
    tokens += used;
  }

  /** What all calls of models for this answer used. */
  long tokens() {
    return tokens;
  }

  /** What may be seen so far. */
  String visible() {
    return visible.substring(0, Math.min(visible.length(), LONGEST));
  }

  /** The whole answer, with where it comes from when it does not say so itself. */
  String end(List<Passage> passages) {
    visible = release.finish();
    if (visible.length() > LONGEST) {
      return visible() + CUT;
    }
    return passages.isEmpty() || visible.contains(passages.getFirst().source())
        ? visible
        : visible + source(passages.getFirst());
  }

  /** What came before the model broke off, and a line that says so. */
  String breakOff(String line) {
    visible = release.finish();
    return (visible().stripTrailing() + "\n\n_" + line + "_").strip();
  }

  private static String source(Passage passage) {
    String footer = "\n\n_Source: " + passage.source() + ", " + passage.heading() + "_";
    return footer.length() <= LONGEST_FOOTER ? footer : "\n\n_Source: " + passage.source() + "_";
  }
}
