package dev.sotto.crypto;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@MappedEntity("key_rotation")
record RotationRow(@Id UUID id, Instant startedAt, @Nullable Instant finishedAt) {}
