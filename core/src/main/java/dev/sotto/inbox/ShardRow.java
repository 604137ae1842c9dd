package dev.sotto.inbox;

import dev.sotto.chat.Platform;
import dev.sotto.chat.ShardLease;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

@MappedEntity("shard_lease")
record ShardRow(Platform platform, int total, int shard, UUID replicaId, @Id UUID fence) {

  ShardLease lease() {
    return new ShardLease(platform, shard, total, replicaId, fence);
  }
}
