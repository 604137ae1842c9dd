package dev.sotto.bots;

import picocli.CommandLine;

/** The program without {@link LogLimit}, so that a test can see what libraries would log. */
final class Undefended {
  private Undefended() {}

  static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
