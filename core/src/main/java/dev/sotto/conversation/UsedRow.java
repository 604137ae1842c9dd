package dev.sotto.conversation;

import dev.sotto.crypto.Fingerprint;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

@MappedEntity("used")
record UsedRow(@Id UUID id, Fingerprint fingerprint, Instant since, long amount) {}
