package dev.sotto.inbox;

import dev.sotto.crypto.Scope;
import java.util.UUID;

/** An event that is not done, opened; {@code version} is that of the row it was read from. */
record Pending(UUID id, EventState state, Scope scope, int version, Kept kept) {}
