package dev.sotto.crypto;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One wrapped key; wrapped by the named key of its parent, or by the named root key. */
@MappedEntity("key_version")
record VersionRow(
    UUID scopeId,
    int keyId,
    KeyState state,
    @Nullable Boolean active,
    @Nullable Ciphertext wrapped,
    @Nullable UUID parentId,
    @Nullable Integer parentKeyId,
    @Nullable String rootId,
    Instant createdAt,
    Instant changedAt) {}
