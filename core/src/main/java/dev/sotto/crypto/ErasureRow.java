package dev.sotto.crypto;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One erasure, how far it has come, and what it came to. */
@MappedEntity("erasure")
record ErasureRow(
    @Id UUID id,
    UUID scopeId,
    Scope.Kind kind,
    @Nullable UUID subject,
    Instant begunAt,
    @Nullable Instant destroyedAt,
    @Nullable Instant finishedAt,
    @Nullable Long keyCount,
    @Nullable Long rowCount) {}
