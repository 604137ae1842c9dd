package dev.sotto.inbox;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sotto.crypto.Vault;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This program among those that run on the same database: says every {@link #BEAT} that it runs.
 * Who could not say so for the time of a lease is taken for dead, by the others and by itself, and
 * goes on under another id. An embedded database has one program only: whoever was there before is
 * dead.
 */
@Singleton
class Replica implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

  /** How long a program that says nothing is waited for. */
  static final Duration LEASE = Duration.ofSeconds(10);

  private static final Duration BEAT = Duration.ofSeconds(2);

  private final ReplicaRows rows;
  private final Vault vault;
  private final Ticker ticker;
  private final boolean alone;
  private final ReentrantLock lock = new ReentrantLock();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("replica-", 0).factory());
  private final AtomicReference<Optional<Life>> life = new AtomicReference<>(Optional.empty());
  private volatile boolean left;

  Replica(
      ReplicaRows rows,
      Vault vault,
      Ticker ticker,
      @Value("${datasources.default.url:}") String url) {
    this.rows = rows;
    this.vault = vault;
    this.ticker = ticker;
    this.alone = url.startsWith("jdbc:h2:");
  }

  /** Under one id; the end is a moment of the ticker, and no later than the database's. */
  private record Life(UUID id, long end) {}

  /** Says from now on that this program runs. */
  void start() {
    var _ =
        thread.scheduleWithFixedDelay(
            this::attempt, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Under which name this program takes leases. Not within a transaction: it may write. */
  UUID id() {
    return current().orElseGet(this::beat);
  }

  /** Whether a lease is still this program's, as far as can be told without the database. */
  boolean holds(Lease lease) {
    return is(lease.replica());
  }

  /** Whether this program runs under that name, as far as can be told without the database. */
  boolean is(UUID id) {
    return current().filter(id::equals).isPresent();
  }

  /** Whether this program stops, and takes no lease any more. */
  boolean hasLeft() {
    return left;
  }

  private Optional<UUID> current() {
    return life.get().filter(it -> ticker.read() - it.end() < 0).map(Life::id);
  }

  /**
   * Tells the database, under another id when the one before is dead.
   *
   * @throws IllegalStateException this program has left
   */
  UUID beat() {
    lock.lock();
    try {
      if (left) {
        throw new IllegalStateException("this program stops");
      }
      long end = ticker.read() + LEASE.toNanos();
      UUID id =
          current()
              .filter(it -> rows.extend(it, (int) LEASE.toMillis()) == 1)
              .orElseGet(this::join);
      life.set(Optional.of(new Life(id, end)));
      return id;
    } finally {
      lock.unlock();
    }
  }

  /** What is held under the name before is left: whoever worked it may have stopped already. */
  private UUID join() {
    life.get().ifPresent(it -> rows.leave(it.id()));
    int dead = alone ? rows.deleteAll() : rows.deleteDead();
    UUID id = vault.newId();
    rows.join(id, (int) LEASE.toMillis());
    LOG.info("runs as {}; {} before it are dead", id, dead);
    return id;
  }

  /** The loop of a thread: what fails once is tried again soon. */
  private void attempt() {
    try {
      var _ = beat();
    } catch (RuntimeException e) {
      LOG.warn("cannot say that this program runs: {}", e.getClass().getName());
    }
  }

  /** Leaves what is held to whoever comes. */
  @Override
  @PreDestroy
  public void close() {
    thread.shutdown();
    lock.lock();
    try {
      left = true;
      life.getAndSet(Optional.empty()).ifPresent(it -> rows.leave(it.id()));
    } catch (RuntimeException e) {
      LOG.warn("others wait {} s for this program: {}", LEASE.toSeconds(), e.getClass().getName());
    } finally {
      lock.unlock();
    }
  }
}
