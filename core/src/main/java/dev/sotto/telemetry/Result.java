package dev.sotto.telemetry;

/** What a step came to, where there is nothing more to say. */
public enum Result {
  DONE,
  /** Nobody wants it any more, or another goes on with it. */
  GONE,
  FAILED
}
