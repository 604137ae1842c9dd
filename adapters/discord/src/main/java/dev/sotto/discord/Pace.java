package dev.sotto.discord;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often a growing reply may be shown. Discord takes 5 edits in 5 seconds of one channel, and 50
 * requests a second of one bot; replies that grow at once share both, and leave a fifth of them for
 * what must not wait: the last word of each.
 */
final class Pace {
  private static final long IN_CHANNEL_MILLIS = 1_250;
  private static final long IN_ALL_MILLIS = 25;

  /** A reply that is whole within this time is shown once and as a whole. */
  private static final long FIRST_MILLIS = 400;

  /** With more replies than this at once the sign of typing is left out. */
  private static final int CROWD = 50;

  private final AtomicInteger all = new AtomicInteger();
  private final Map<String, Integer> channels = new ConcurrentHashMap<>();

  Slot enter(String channel) {
    all.incrementAndGet();
    channels.merge(channel, 1, Integer::sum);
    return new Slot(channel);
  }

  /** One growing reply's share, until it is closed. */
  final class Slot implements AutoCloseable {
    private final String channel;

    private Slot(String channel) {
      this.channel = channel;
    }

    /** From the first text to the first message. */
    Duration untilFirst() {
      return Duration.ofMillis(Math.max(FIRST_MILLIS, all.get() * IN_ALL_MILLIS));
    }

    /** From one edit to the next. */
    Duration untilNext() {
      long inChannel = channels.getOrDefault(channel, 1) * IN_CHANNEL_MILLIS;
      return Duration.ofMillis(Math.max(inChannel, all.get() * IN_ALL_MILLIS));
    }

    boolean crowded() {
      return all.get() > CROWD;
    }

    @Override
    public void close() {
      all.decrementAndGet();
      channels.computeIfPresent(channel, (_, replies) -> replies == 1 ? null : replies - 1);
    }
  }
}
