package dev.sotto.bots;

import dev.sotto.crypto.Progress;
import java.io.Console;
import java.util.Optional;

/** How far long work is, in one line of the terminal; says nothing where there is none. */
final class Bar implements Progress, AutoCloseable {
  private static final int WIDTH = 40;

  private final String name;
  private final boolean terminal =
      Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  private long shown = -1;

  Bar(String name) {
    this.name = name;
  }

  @Override
  public void advance(long done, long total) {
    long percent = total == 0 ? 100 : Math.min(100, done * 100 / total);
    if (terminal && percent != shown) {
      shown = percent;
      int full = (int) (percent * WIDTH / 100);
      System.err.printf(
          "\rsotto: %s [%s%s] %3d %%", name, "#".repeat(full), " ".repeat(WIDTH - full), percent);
    }
  }

  @Override
  public void close() {
    if (shown >= 0) {
      System.err.println();
    }
  }
}
