package dev.sotto.audit;

import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.ChainMac;
import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@MappedEntity("audit_entry")
record EntryRow(
    @Id UUID id,
    int segment,
    long seq,
    Instant at,
    Action action,
    Outcome outcome,
    @Nullable ChainMac mac,
    @Nullable BlindIndex once,
    UUID scopeId,
    int keyId,
    int rowVersion,
    Ciphertext body) {

  Place place() {
    return new Place(segment, seq);
  }
}
