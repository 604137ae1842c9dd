package dev.sotto.crypto;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** Whose data this is. The proof is our own id, wrapped by the root key. */
@MappedEntity("installation")
record InstallationRow(
    @Id boolean onlyOne, UUID id, String rootId, Ciphertext proof, Instant createdAt) {}
