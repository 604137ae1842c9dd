package dev.sotto.memory;

import io.micronaut.core.annotation.Introspected;
import java.util.UUID;

/** A message and where it is held. */
@Introspected
record HeldRow(UUID id, UUID conversationId) {}
