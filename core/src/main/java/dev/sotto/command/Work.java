package dev.sotto.command;

import java.util.Locale;

/** What takes long and is done to keys, one at a time. */
enum Work {
  ROTATION("Rotated"),
  RETIREMENT("Retired"),
  EMERGENCY("Replaced");

  private final String done;

  Work(String done) {
    this.done = done;
  }

  String title() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /** What is said when it is over. */
  String done() {
    return done;
  }
}
