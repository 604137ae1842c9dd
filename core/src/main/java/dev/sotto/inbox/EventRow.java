package dev.sotto.inbox;

import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.Fingerprint;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@MappedEntity("inbox_event")
record EventRow(
    @Id UUID id,
    UUID placeId,
    Fingerprint event,
    @Nullable Fingerprint message,
    EventState state,
    Instant at,
    @Nullable UUID scopeId,
    @Nullable Integer keyId,
    int rowVersion,
    @Nullable Ciphertext body) {}
