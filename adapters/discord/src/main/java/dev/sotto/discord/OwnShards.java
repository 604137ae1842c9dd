package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Platform;
import dev.sotto.chat.ShardLease;
import dev.sotto.chat.Shards;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this program connected for the shards that are its own, and for no other: looks every
 * {@link #LOOK} for what it has lost, and for what it may take.
 */
final class OwnShards implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiscordConnection.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Shards shards;
  private final DiscordSession session;
  private final Function<ShardLease, DiscordShard> opened;
  private final Map<ShardLease, Own> own = new ConcurrentHashMap<>();
  private final Queue<CompletableFuture<Void>> leaving = new ConcurrentLinkedQueue<>();
  private final Executor beside =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("discord-shard").factory());
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("discord-shards").factory());
  private volatile int total = 1;
  private boolean closed;
  private String said = "";

  OwnShards(Shards shards, DiscordSession session, Function<ShardLease, DiscordShard> opened) {
    this.shards = shards;
    this.session = session;
    this.opened = opened;
  }

  /**
   * One of them.
   *
   * @param ready done when it is connected, or never will be
   */
  private record Own(DiscordShard shard, CompletableFuture<Void> ready) {}

  /**
   * Returns when it is connected for what it took at first.
   *
   * @throws ConnectionException Discord refuses it for good
   */
  void start() {
    look();
    List<CompletableFuture<Void>> first = own.values().stream().map(Own::ready).toList();
    watch();
    try {
      CompletableFuture.allOf(first.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ConnectionException refused ? refused : e;
    }
  }

  private synchronized void watch() {
    if (!closed) {
      var _ =
          watch.scheduleWithFixedDelay(
              this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The loop of a thread: what fails once is tried again soon. */
  private synchronized void look() {
    if (closed) {
      return;
    }
    try {
      leave(it -> !shards.holds(it));
      total = shards.total(Platform.DISCORD, session.recommended());
      List<ShardLease> held = shards.hold(Platform.DISCORD, total);
      leave(it -> !held.contains(it));
      held.forEach(it -> own.computeIfAbsent(it, this::open));
      if (shards.tooMany(Platform.DISCORD, total)) {
        leave(held.getLast());
      }
      say(own.isEmpty() ? "stands by" : "serves %d of %d shards".formatted(own.size(), total));
    } catch (RuntimeException e) {
      say("cannot look for shards: " + e.getClass().getName());
    }
  }

  private void say(String line) {
    if (!line.equals(said)) {
      LOG.info("Discord: {}", line);
      said = line;
    }
  }

  private Own open(ShardLease lease) {
    DiscordShard shard = opened.apply(lease);
    return new Own(shard, CompletableFuture.runAsync(shard::connect, beside));
  }

  private void leave(Predicate<ShardLease> which) {
    own.keySet().stream().filter(which).forEach(this::leave);
  }

  private void leave(ShardLease lease) {
    Own left = own.remove(lease);
    if (left != null) {
      leaving.removeIf(CompletableFuture::isDone);
      leaving.add(CompletableFuture.runAsync(() -> close(lease, left.shard()), beside));
    }
  }

  /** Another program may have the shard when the session is over. */
  private void close(ShardLease lease, DiscordShard shard) {
    shard.close();
    try {
      shards.release(lease);
    } catch (RuntimeException e) {
      LOG.warn("Discord: a shard is left when this program ends: {}", e.getClass().getName());
    }
  }

  /** Whether events of all that is this program's flow now. */
  boolean connected() {
    return !own.isEmpty() && own.values().stream().allMatch(it -> it.shard().connected());
  }

  /** How many are this program's. */
  int count() {
    return own.size();
  }

  /** How many there are, this program's and others'. */
  int total() {
    return total;
  }

  /** Within two seconds. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    watch.shutdown();
    leave(_ -> true);
    CompletableFuture.allOf(leaving.toArray(CompletableFuture[]::new)).join();
  }
}
