package dev.sotto.crypto;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One rotation: whose keys, and how far it is. */
@MappedEntity("key_rotation")
record RotationRow(
    @Id UUID id,
    Instant startedAt,
    @Nullable Instant finishedAt,
    Aim.Kind aim,
    UUID target,
    boolean urgent,
    long done,
    long total,
    long busyMillis) {

  Aim of() {
    return new Aim(aim, target);
  }
}
