package dev.sotto.telemetry;

/** What is counted as it happens. */
public enum Occurrence {
  /** An attempt at an event failed and is followed by another. */
  RETRY("sotto.retries", "Attempts that failed and are followed by another"),
  /** An event is not attempted again. */
  GIVEN_UP("sotto.given.up", "Events that are not attempted again"),
  /** A lane whose holder had died was taken over. */
  TAKEOVER("sotto.lane.takeovers", "Lanes taken over from a program that died"),
  /** What of the key store is asked for was in memory. */
  KEY_HIT("sotto.key.cache.hits", "What of the key store was in memory"),
  /** It had to be read there, and opened if it is a key. */
  KEY_MISS("sotto.key.cache.misses", "What had to be read in the key store"),
  /** A row was sealed again under another key. */
  ROTATED_ROW("sotto.rotation.rows", "Rows brought under another key");

  private final String metric;
  private final String description;

  Occurrence(String metric, String description) {
    this.metric = metric;
    this.description = description;
  }

  String metric() {
    return metric;
  }

  String description() {
    return description;
  }
}
