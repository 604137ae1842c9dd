package dev.sotto.crypto;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** The first key of a segment, wrapped by the named root key. */
@MappedEntity("audit_key")
record ChainKeyRow(@Id int segment, String rootId, Ciphertext wrapped, Instant madeAt) {}
