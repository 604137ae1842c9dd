package dev.sotto.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What was read in the key store, kept for {@link Keyring#LIFE} at most and 10,000 of a kind; who
 * asks for what is just being read waits for it. Can let go of everything at once, also of what is
 * being read at that moment: it is read again.
 */
final class Known<K, V> {
  private static final int LIMIT = 10_000;

  private final Cache<K, V> cache;
  private final AtomicLong generation = new AtomicLong();

  Known(Ticker ticker) {
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(LIMIT)
            .expireAfterWrite(Keyring.LIFE)
            .ticker(ticker)
            .build();
  }

  V get(K key, Function<K, V> read) {
    long before = generation.get();
    V value = cache.get(key, read);
    if (generation.get() == before) {
      return value;
    }
    cache.invalidate(key);
    return get(key, read);
  }

  void forget(K key) {
    cache.invalidate(key);
  }

  void forgetAll() {
    generation.incrementAndGet();
    cache.invalidateAll();
  }
}
