package dev.sotto.inbox;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

@MappedEntity("replica")
record ReplicaRow(@Id UUID id, Instant until) {}
