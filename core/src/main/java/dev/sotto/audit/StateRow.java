package dev.sotto.audit;

import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the log stands; empty before the first entry. */
@MappedEntity("audit_state")
record StateRow(
    @Id UUID id,
    @Nullable UUID scopeId,
    @Nullable Integer keyId,
    int rowVersion,
    @Nullable Ciphertext body) {}
