package dev.sotto.memory;

import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

@MappedEntity("summary")
record SummaryRow(
    @Id UUID id,
    UUID conversationId,
    long reachesSeq,
    Instant oldestAt,
    Instant expiresAt,
    UUID scopeId,
    int keyId,
    int rowVersion,
    Ciphertext body) {}
