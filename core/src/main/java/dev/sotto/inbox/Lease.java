package dev.sotto.inbox;

import java.util.UUID;

/**
 * The right to work a lane, until it is given back or another replica takes it from a dead one.
 *
 * @param replica who holds it
 * @param fence another for each claim of the same lane: what is written under an older one is
 *     refused
 */
record Lease(UUID lane, UUID replica, UUID fence) {}
