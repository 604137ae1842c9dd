package dev.sotto.bots;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sotto.command.Doing;
import dev.sotto.crypto.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows at a terminal how far a command is: as one line that is drawn over itself, or, where the
 * output is no terminal, as a line for every {@value #STEP} percent.
 */
final class ProgressBar implements Doing.Watcher, Progress, AutoCloseable {
  private static final int STEP = 10;
  private static final int WIDTH = 30;
  private static final int HUNDRED = 100;

  private final String what;
  private final PrintStream out;
  private final boolean drawn;
  private int last = -1;
  private long done;

  /**
   * @param drawn whether the output can be drawn over
   */
  ProgressBar(PrintStream out, boolean drawn) {
    this("", out, drawn);
  }

  private ProgressBar(String what, PrintStream out, boolean drawn) {
    this.what = what;
    this.out = out;
    this.drawn = drawn;
  }

  /** Of work that is called so, on standard error; silent where that is no terminal. */
  static ProgressBar of(String what) {
    boolean seen = Terminal.console().isPresent();
    PrintStream out =
        seen ? System.err : new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return new ProgressBar(what, out, seen);
  }

  @Override
  public void advance(long done, long total) {
    advance(new Doing(what, done, total));
  }

  @Override
  public synchronized void advance(Doing doing) {
    if (doing.done() < done) {
      end();
      last = -1;
    }
    done = doing.done();
    int percent = drawn ? doing.percent() : doing.percent() / STEP * STEP;
    if (doing.total() <= 0 || percent <= last) {
      return;
    }
    last = percent;
    String count =
        String.format(Locale.ROOT, "%3d %%  %,d of %,d rows", percent, doing.done(), doing.total());
    if (drawn) {
      int full = percent * WIDTH / HUNDRED;
      out.print("\r" + "█".repeat(full) + "░".repeat(WIDTH - full) + " " + count + "\033[K");
      out.flush();
    } else {
      out.println(doing.what() + ": " + count);
    }
  }

  /** Ends the line, so that what follows stands below it. */
  synchronized void end() {
    if (drawn && last >= 0) {
      out.println();
    }
  }

  @Override
  public void close() {
    end();
  }
}
