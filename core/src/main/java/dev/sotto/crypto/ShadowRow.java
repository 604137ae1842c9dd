package dev.sotto.crypto;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/** A key version as the data database knows it: by name. */
@MappedEntity("key_version")
record ShadowRow(UUID scopeId, int keyId, KeyState state) {}
