package dev.sotto.inbox;

import io.micronaut.core.annotation.Introspected;
import java.util.UUID;

/**
 * How many events of a workspace wait.
 *
 * @param workspace the scope of its data
 */
@Introspected
record WaitingRow(UUID workspace, long events) {}
