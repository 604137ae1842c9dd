package dev.sotto.inbox;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

@MappedEntity("lane")
record LaneRow(@Id UUID id, UUID replicaId, UUID fence) {}
