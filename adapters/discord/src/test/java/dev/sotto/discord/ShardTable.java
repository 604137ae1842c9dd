package dev.sotto.discord;

import dev.sotto.chat.Platform;
import dev.sotto.chat.ShardLease;
import dev.sotto.chat.Shards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The shards of one bot, in memory, and the programs that share them. */
final class ShardTable {
  private final Duration apart;
  private final List<ShardLease> leases = new ArrayList<>();
  private final Map<Integer, Long> turns = new HashMap<>();
  private final Set<UUID> living = new HashSet<>();

  /** Sessions may begin as soon as those before have begun. */
  ShardTable() {
    this(Duration.ZERO);
  }

  /**
   * Made for a strict server.
   *
   * @param apart between two sessions in one bucket
   */
  ShardTable(Duration apart) {
    this.apart = apart;
  }

  Program program() {
    return new Program();
  }

  /** What one of them sees. */
  final class Program implements Shards {
    private final UUID id = UUID.randomUUID();
    private boolean leaves;

    @Override
    public int total(Platform platform, int recommended) {
      synchronized (ShardTable.this) {
        return leases.stream().mapToInt(ShardLease::total).reduce(recommended, Math::max);
      }
    }

    @Override
    public List<ShardLease> hold(Platform platform, int total) {
      synchronized (ShardTable.this) {
        if (leaves) {
          return List.of();
        }
        living.add(id);
        for (int shard = 0; shard < total && ours(total).size() < share(total); shard++) {
          if (isFree(shard, total)) {
            leases.add(new ShardLease(platform, shard, total, id, UUID.randomUUID()));
          }
        }
        return ours(total);
      }
    }

    private boolean isFree(int shard, int total) {
      return leases.stream().noneMatch(it -> it.shard() == shard && it.total() == total);
    }

    private int share(int total) {
      return Math.ceilDiv(total, living.size());
    }

    private List<ShardLease> ours(int total) {
      return leases.stream().filter(it -> it.total() == total && it.replica().equals(id)).toList();
    }

    @Override
    public boolean tooMany(Platform platform, int total) {
      synchronized (ShardTable.this) {
        return ours(total).size() > share(total);
      }
    }

    @Override
    public boolean holds(ShardLease lease) {
      synchronized (ShardTable.this) {
        return leases.contains(lease);
      }
    }

    @Override
    public void release(ShardLease lease) {
      synchronized (ShardTable.this) {
        leases.remove(lease);
      }
    }

    @Override
    public boolean mayBegin(Platform platform, int bucket) {
      synchronized (ShardTable.this) {
        long now = System.nanoTime();
        boolean free = now - turns.getOrDefault(bucket, now) >= 0;
        if (free) {
          turns.put(bucket, now + Duration.ofMinutes(1).toNanos());
        }
        return free;
      }
    }

    @Override
    public void begun(Platform platform, int bucket) {
      synchronized (ShardTable.this) {
        turns.put(bucket, System.nanoTime() + apart.toNanos());
      }
    }

    /** Is taken for dead, and takes nothing any more. */
    void die() {
      synchronized (ShardTable.this) {
        leaves = true;
        living.remove(id);
        leases.removeIf(it -> it.replica().equals(id));
      }
    }
  }
}
