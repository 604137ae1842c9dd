package dev.sotto.crypto;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * A change of the root key that was begun.
 *
 * @param rootId of the key that is to be the root key
 * @param source where the old one lies, wrapped by the next
 * @param destination where the next one lies, wrapped by the old
 */
@MappedEntity("root_change")
record RootChangeRow(
    @Id boolean onlyOne,
    String rootId,
    Ciphertext nextProof,
    Ciphertext source,
    Ciphertext destination,
    Instant begunAt) {}
