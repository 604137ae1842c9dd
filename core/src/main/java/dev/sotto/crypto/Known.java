package dev.sotto.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sotto.telemetry.Occurrence;
import dev.sotto.telemetry.Telemetry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What was read in the key store, kept for {@link Keyring#LIFE} at most and 10,000 of a kind; who
 * asks for what is just being read waits for it. Who holds a connection in a transaction does not
 * wait but reads it too: the other may be waiting for just that connection. Can let go of
 * everything at once, also of what is being read at that moment: it is read again.
 */
final class Known<K, V> {
  private static final int LIMIT = 10_000;

  private final Cache<K, V> cache;
  private final Map<K, CompletableFuture<V>> reading = new ConcurrentHashMap<>();
  private final AtomicLong generation = new AtomicLong();
  private final BooleanSupplier inTransaction;
  private final Telemetry telemetry;

  Known(Ticker ticker, BooleanSupplier inTransaction, Telemetry telemetry) {
    this.telemetry = telemetry;
    this.inTransaction = inTransaction;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(LIMIT)
            .expireAfterWrite(Keyring.LIFE)
            .ticker(ticker)
            .build();
  }

  V get(K key, Function<K, V> read) {
    long before = generation.get();
    V found = cache.getIfPresent(key);
    telemetry.count(found == null ? Occurrence.KEY_MISS : Occurrence.KEY_HIT, 1);
    V value = found == null ? readOnce(key, read) : found;
    if (generation.get() == before) {
      return value;
    }
    forget(key);
    return get(key, read);
  }

  private V readOnce(K key, Function<K, V> read) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> other = reading.putIfAbsent(key, mine);
    if (other == null) {
      return lead(key, mine, read);
    }
    return inTransaction.getAsBoolean() ? read.apply(key) : follow(other);
  }

  /** What was let go of while it was read is not kept. */
  private V lead(K key, CompletableFuture<V> mine, Function<K, V> read) {
    try {
      V value = read.apply(key);
      cache.put(key, value);
      if (!reading.remove(key, mine)) {
        cache.invalidate(key);
      }
      mine.complete(value);
      return value;
    } catch (RuntimeException | Error e) {
      reading.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private V follow(CompletableFuture<V> other) {
    try {
      return other.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  void forget(K key) {
    reading.remove(key);
    cache.invalidate(key);
  }

  void forgetAll() {
    generation.incrementAndGet();
    reading.clear();
    cache.invalidateAll();
  }
}
