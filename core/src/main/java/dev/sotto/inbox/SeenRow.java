package dev.sotto.inbox;

import dev.sotto.crypto.Ciphertext;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.UUID;

@Introspected
record SeenRow(UUID id, UUID scopeId, int rowVersion, Ciphertext body, Instant seenAt) {}
