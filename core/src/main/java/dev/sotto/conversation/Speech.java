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
  private final StringBuilder visible = new StringBuilder();

  Speech(RunningRelease release, Consumer<String> show) {
    this.release = release;
    this.show = show;
  }

  @Override
  public boolean onText(String piece) {
    String more = release.add(piece);
    if (!more.isEmpty()) {
      visible.append(more);
      show.accept(visible());
    }
    return visible.length() <= LONGEST;
  }

  String visible() {
    return visible.substring(0, Math.min(visible.length(), LONGEST));
  }

  /** The whole answer, with where it comes from when it does not say so itself. */
  String end(List<Passage> passages) {
    visible.append(release.finish());
    if (visible.length() > LONGEST) {
      return visible() + CUT;
    }
    return passages.isEmpty() || visible.indexOf(passages.getFirst().source()) >= 0
        ? visible()
        : visible() + source(passages.getFirst());
  }

  /** What came before the model broke off, and a line that says so. */
  String breakOff(String line) {
    visible.append(release.finish());
    return (visible().stripTrailing() + "\n\n_" + line + "_").strip();
  }

  private static String source(Passage passage) {
    String footer = "\n\n_Source: " + passage.source() + ", " + passage.heading() + "_";
    return footer.length() <= LONGEST_FOOTER ? footer : "\n\n_Source: " + passage.source() + "_";
  }
}
