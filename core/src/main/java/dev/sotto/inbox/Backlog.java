package dev.sotto.inbox;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sotto.chat.Workspace;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much waits, in all and of each workspace: read from the database at most twice a second, with
 * what this program took in since.
 */
@Singleton
class Backlog {
  private static final Duration FRESH = Duration.ofMillis(500);

  private final Limits limits;
  private final EventRows rows;
  private final Vault vault;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<UUID, Long> waiting = new HashMap<>();
  private long read;

  Backlog(Limits limits, EventRows rows, Vault vault, Ticker ticker) {
    this.limits = limits;
    this.rows = rows;
    this.vault = vault;
    this.ticker = ticker;
    this.read = ticker.read() - FRESH.toNanos();
  }

  /** Whether nothing more of a workspace is to be taken in. */
  boolean isFull(Workspace workspace) {
    UUID data = vault.data(workspace.key()).id();
    lock.lock();
    try {
      refresh();
      long all = waiting.values().stream().mapToLong(it -> it).sum();
      return all >= limits.waiting()
          || waiting.getOrDefault(data, 0L) >= limits.waitingOfWorkspace();
    } finally {
      lock.unlock();
    }
  }

  /** One more of a workspace waits. */
  void grow(Workspace workspace) {
    UUID data = vault.data(workspace.key()).id();
    lock.lock();
    try {
      waiting.merge(data, 1L, Long::sum);
    } finally {
      lock.unlock();
    }
  }

  private void refresh() {
    long now = ticker.read();
    if (now - read >= FRESH.toNanos()) {
      waiting = new HashMap<>();
      rows.waitingByWorkspace().forEach(it -> waiting.put(it.workspace(), it.events()));
      read = now;
    }
  }
}
