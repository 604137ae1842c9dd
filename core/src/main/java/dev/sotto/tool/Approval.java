package dev.sotto.tool;

/** Whether a person must say yes to each call; {@code AUTO} leaves it to the tool. */
public enum Approval {
  AUTO,
  ALWAYS,
  NEVER
}
