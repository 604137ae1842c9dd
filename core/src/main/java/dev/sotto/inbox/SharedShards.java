package dev.sotto.inbox;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sotto.chat.Platform;
import dev.sotto.chat.ShardLease;
import dev.sotto.chat.Shards;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Shards as rows, held by the replicas that run on the same database. */
@Singleton
class SharedShards implements Shards {
  /** Between two beginnings in one bucket. */
  static final Duration APART = Duration.ofSeconds(5);

  /** Longer than a session takes to begin. */
  private static final Duration BEGINNING = Duration.ofSeconds(20);

  /** For how long more than a fair share is kept, and then from one to the next. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ShardRows rows;
  private final ShardStartRows starts;
  private final Replica replica;
  private final Vault vault;
  private final Ticker ticker;
  private final Map<Platform, UUID> seeking = new ConcurrentHashMap<>();
  private final Map<Platform, Long> crowdedSince = new ConcurrentHashMap<>();

  SharedShards(ShardRows rows, ShardStartRows starts, Replica replica, Vault vault, Ticker ticker) {
    this.rows = rows;
    this.starts = starts;
    this.replica = replica;
    this.vault = vault;
    this.ticker = ticker;
  }

  @Override
  public int total(Platform platform, int recommended) {
    return rows.held(platform).stream().mapToInt(ShardRow::total).reduce(recommended, Math::max);
  }

  @Override
  public List<ShardLease> hold(Platform platform, int total) {
    if (replica.hasLeft()) {
      return List.of();
    }
    UUID us = replica.id();
    seek(platform, us);
    List<ShardLease> living = held(platform, total);
    List<ShardLease> ours = new ArrayList<>(living);
    ours.removeIf(it -> !it.replica().equals(us));
    List<ShardLease> free = free(platform, total, living, us);
    int share = free.isEmpty() ? 0 : share(platform, total);
    for (ShardLease it : free) {
      if (ours.size() < share && claim(it)) {
        ours.add(it);
      }
    }
    return List.copyOf(ours);
  }

  private List<ShardLease> free(Platform platform, int total, List<ShardLease> living, UUID us) {
    Set<Integer> taken = living.stream().map(ShardLease::shard).collect(Collectors.toSet());
    return IntStream.range(0, total)
        .filter(it -> !taken.contains(it))
        .mapToObj(it -> new ShardLease(platform, it, total, us, vault.newId()))
        .toList();
  }

  private void seek(Platform platform, UUID us) {
    if (!us.equals(seeking.get(platform))) {
      rows.deleteDeadSeekers();
      rows.deleteDead();
      rows.seek(platform, us);
      seeking.put(platform, us);
    }
  }

  private List<ShardLease> held(Platform platform, int total) {
    return rows.held(platform).stream()
        .map(ShardRow::lease)
        .filter(it -> it.total() == total)
        .toList();
  }

  private int share(Platform platform, int total) {
    return Math.ceilDiv(total, Math.max(1, rows.seekers(platform)));
  }

  private boolean claim(ShardLease it) {
    return rows.create(it.platform(), it.total(), it.shard(), it.replica(), it.fence()) == 1
        || rows.takeOver(it.platform(), it.total(), it.shard(), it.replica(), it.fence()) == 1;
  }

  @Override
  public boolean tooMany(Platform platform, int total) {
    long ours = held(platform, total).stream().filter(this::holds).count();
    if (ours <= 1 || ours <= share(platform, total)) {
      crowdedSince.remove(platform);
      return false;
    }
    long now = ticker.read();
    long since = crowdedSince.getOrDefault(platform, now);
    boolean patient = now - since < PATIENCE.toNanos();
    crowdedSince.put(platform, patient ? since : now);
    return !patient;
  }

  @Override
  public boolean holds(ShardLease lease) {
    return replica.is(lease.replica());
  }

  @Override
  public void release(ShardLease lease) {
    rows.release(lease.fence());
  }

  @Override
  public boolean mayBegin(Platform platform, int bucket) {
    UUID us = replica.id();
    int millis = (int) BEGINNING.toMillis();
    return starts.create(platform, bucket, us, millis) == 1
        || starts.take(platform, bucket, us, millis) == 1;
  }

  @Override
  public void begun(Platform platform, int bucket) {
    starts.end(platform, bucket, replica.id(), (int) APART.toMillis());
  }
}
