package dev.sotto.inbox;

import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@MappedEntity("inbox_event")
record EventRow(
    @Id UUID id,
    UUID placeId,
    @Nullable UUID laneId,
    BlindIndex event,
    @Nullable BlindIndex message,
    EventState state,
    Instant at,
    int claims,
    @Nullable UUID scopeId,
    @Nullable Integer keyId,
    int rowVersion,
    @Nullable Ciphertext body) {}
