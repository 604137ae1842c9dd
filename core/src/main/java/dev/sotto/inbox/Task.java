package dev.sotto.inbox;

import java.util.Optional;
import java.util.UUID;

/**
 * An event that waits in a lane of ours.
 *
 * @param fresh what its row holds, when that was written just now
 * @param claims how many programs have ended while it was first in its lane
 */
record Task(UUID event, Lease lease, Optional<Pending> fresh, int claims) {
  static Task fresh(Pending pending) {
    return new Task(pending.id(), pending.lease(), Optional.of(pending), 0);
  }

  static Task of(EventRow row, Lease lease) {
    return new Task(row.id(), lease, Optional.empty(), row.claims());
  }

  /** The same, to be read again. */
  Task stored() {
    return new Task(event, lease, Optional.empty(), claims);
  }

  /** Whether it has its lane to itself. */
  boolean isAside() {
    return lease.lane().equals(event);
  }
}
