package dev.sotto.sandbox.discord;

import java.time.Duration;

/**
 * How strict the server is.
 *
 * @param posts of messages, per channel
 * @param edits of messages, per channel
 * @param starts of sessions
 * @param heartbeat the interval that clients are told; one that is late by half of it is cut off
 * @param messageContent whether the application was granted the privileged intent of that name
 */
public record Rules(
    Rate posts, Rate edits, Starts starts, Duration heartbeat, boolean messageContent) {

  private static final int HAS_COMMANDS = 1 << 23;
  private static final int MAY_READ_CONTENT = 1 << 19;

  /**
   * What Discord was seen to do with a small bot, but that it may come back as often as it likes.
   */
  public static Rules real() {
    Rate five = new Rate(5, Duration.ofSeconds(5));
    return new Rules(five, five, Starts.UNLIMITED, Duration.ofMillis(41_250), true);
  }

  public Rules withRates(Rate forPosts, Rate forEdits) {
    return new Rules(forPosts, forEdits, starts, heartbeat, messageContent);
  }

  public Rules withHeartbeat(Duration interval) {
    return new Rules(posts, edits, starts, interval, messageContent);
  }

  public Rules withStarts(Starts ofSessions) {
    return new Rules(posts, edits, ofSessions, heartbeat, messageContent);
  }

  public Rules withoutMessageContent() {
    return new Rules(posts, edits, starts, heartbeat, false);
  }

  /** That it has commands, and that it may read message content because it is small. */
  int applicationFlags() {
    return HAS_COMMANDS | (messageContent ? MAY_READ_CONTENT : 0);
  }

  /**
   * How sessions begin.
   *
   * @param shards how many the server recommends
   * @param atOnce how many buckets there are; a shard is in that of its number modulo this
   * @param apart between two of the same bucket
   * @param remaining how many may begin before the day ends
   */
  public record Starts(int shards, int atOnce, Duration apart, int remaining) {
    static final int A_DAY = 1_000;
    static final Starts UNLIMITED = new Starts(1, 1, Duration.ZERO, A_DAY);

    /** With the limits of the real one. */
    public static Starts of(int shards) {
      return new Starts(shards, 1, Duration.ofSeconds(5), A_DAY);
    }
  }

  /** How many calls within a span of time; the span starts with the first of them. */
  public record Rate(int calls, Duration per) {
    /** A million calls a second. */
    public static final Rate UNLIMITED = new Rate(1_000_000, Duration.ofSeconds(1));

    public Rate {
      if (calls < 1 || per.isNegative() || per.isZero()) {
        throw new IllegalArgumentException("a rate is at least one call in some time");
      }
    }
  }
}
