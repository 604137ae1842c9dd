package dev.sotto.inbox;

import dev.sotto.crypto.Scope;
import java.util.UUID;

/**
 * An event that is not done, opened.
 *
 * @param lease that of the lane in which it waits; no step is written without it
 * @param version that of the row it was read from
 */
record Pending(UUID id, Lease lease, EventState state, Scope scope, int version, Kept kept) {
  Pending under(Lease other) {
    return new Pending(id, other, state, scope, version, kept);
  }
}
