package dev.sotto.sandbox.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts the sessions that begin, and refuses those that begin too soon or too often. */
final class Starts {
  /** Within which the limit of all starts counts; it is not waited for here. */
  static final Duration DAY = Duration.ofDays(1);

  private final Rules.Starts rules;
  private final Map<Integer, Instant> last = new HashMap<>();
  private final Map<Integer, Integer> counts = new HashMap<>();
  private int begun;
  private int refused;

  Starts(Rules.Starts rules) {
    this.rules = rules;
  }

  /** Whether a session may begin now; one that may not is counted all the same. */
  synchronized boolean mayBegin(GatewaySession.Identity identity, Instant now) {
    int bucket = identity.shard() % rules.atOnce();
    Instant before = last.getOrDefault(bucket, Instant.MIN);
    boolean allowed = remaining() > 0 && !now.isBefore(soonest(before));
    begun++;
    if (allowed) {
      last.put(bucket, now);
      counts.merge(identity.shard(), 1, Integer::sum);
    } else {
      refused++;
    }
    return allowed;
  }

  private Instant soonest(Instant before) {
    return before.equals(Instant.MIN) ? before : before.plus(rules.apart());
  }

  synchronized int remaining() {
    return Math.max(0, rules.remaining() - begun);
  }

  /** How many sessions of a shard have begun. */
  synchronized int of(int shard) {
    return counts.getOrDefault(shard, 0);
  }

  /** How many were refused. */
  synchronized int refused() {
    return refused;
  }
}
