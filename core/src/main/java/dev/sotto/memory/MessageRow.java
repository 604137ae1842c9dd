package dev.sotto.memory;

import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.ChainLink;
import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@MappedEntity("message")
record MessageRow(
    @Id UUID id,
    UUID conversationId,
    long seq,
    Recollection.Role role,
    @Nullable BlindIndex source,
    Instant saidAt,
    Instant expiresAt,
    UUID scopeId,
    int keyId,
    int rowVersion,
    Ciphertext body,
    @Nullable ChainLink link) {

  /** The link of a row that was just made. */
  ChainLink linked() {
    return Objects.requireNonNull(link);
  }
}
