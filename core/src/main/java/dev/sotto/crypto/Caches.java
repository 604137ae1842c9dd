package dev.sotto.crypto;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Makes what remembers the key store, and knows who holds a connection meanwhile. */
@Singleton
class Caches {
  private final Ticker ticker;
  private final TransactionOperations<?> data;
  private final TransactionOperations<?> keys;

  Caches(
      Ticker ticker, TransactionOperations<?> data, @Named("keys") TransactionOperations<?> keys) {
    this.ticker = ticker;
    this.data = data;
    this.keys = keys;
  }

  <K, V> Known<K, V> known() {
    return new Known<>(ticker, this::inTransaction);
  }

  boolean inTransaction() {
    return data.findTransactionStatus().isPresent() || keys.findTransactionStatus().isPresent();
  }
}
