package dev.sotto.sandbox.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts calls per route and channel and tells clients how many are left. Remembers 20,000 buckets,
 * the oldest are forgotten first.
 */
final class RateLimits {
  private static final int MOST_BUCKETS = 20_000;

  private final Rules rules;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_BUCKETS;
        }
      };

  RateLimits(Rules rules) {
    this.rules = rules;
  }

  private record Bucket(Instant resets, int used) {}

  /** What a call finds. {@code remaining} is negative when it comes too early. */
  record Standing(String bucket, int limit, int remaining, Instant resets, Duration delay) {
    boolean exceeded() {
      return remaining < 0;
    }
  }

  /** Counts a call; nothing for a route without a limit. */
  synchronized Optional<Standing> count(String route, String channel, Instant now) {
    return rate(route)
        .map(rate -> {
          String key = route + channel;
          Bucket before = buckets.get(key);
          boolean fresh = before == null || !before.resets().isAfter(now);
          Bucket bucket =
              fresh || before == null
                  ? new Bucket(now.plus(rate.per()), 1)
                  : new Bucket(before.resets(), Math.min(before.used(), rate.calls()) + 1);
          buckets.put(key, bucket);
          return new Standing(
              Integer.toHexString(route.hashCode()),
              rate.calls(),
              rate.calls() - bucket.used(),
              bucket.resets(),
              Duration.between(now, bucket.resets()));
        });
  }

  private Optional<Rules.Rate> rate(String route) {
    return switch (route) {
      case "POST /channels/{}/messages" -> Optional.of(rules.posts());
      case "PATCH /channels/{}/messages/{}" -> Optional.of(rules.edits());
      default -> Optional.empty();
    };
  }
}
