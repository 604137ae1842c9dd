package dev.sotto.bots;

import dev.sotto.FaultyDisk;

/** The program, where H2 knows a {@link FaultyDisk}. */
final class OnFaultyDisk {
  private OnFaultyDisk() {}

  static void main(String[] arguments) throws Exception {
    FaultyDisk.insert();
    Main.main(arguments);
  }
}
