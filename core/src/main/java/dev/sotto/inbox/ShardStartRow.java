package dev.sotto.inbox;

import dev.sotto.chat.Platform;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

@MappedEntity("shard_start")
record ShardStartRow(Platform platform, @Id int bucket, UUID replicaId, Instant until) {}
