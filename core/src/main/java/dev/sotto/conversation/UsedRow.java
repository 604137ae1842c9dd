package dev.sotto.conversation;

import dev.sotto.crypto.BlindIndex;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

@MappedEntity("used")
record UsedRow(@Id UUID id, BlindIndex fingerprint, Instant since, long amount) {}
