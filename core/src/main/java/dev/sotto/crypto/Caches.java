package dev.sotto.crypto;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sotto.telemetry.Telemetry;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Makes what remembers the key store, and knows who holds a connection meanwhile. */
@Singleton
class Caches {
  private final Ticker ticker;
  private final TransactionOperations<?> data;
  private final TransactionOperations<?> keys;
  private final Telemetry telemetry;

  Caches(
      Ticker ticker,
      TransactionOperations<?> data,
      @Named("keys") TransactionOperations<?> keys,
      Telemetry telemetry) {
    this.ticker = ticker;
    this.data = data;
    this.keys = keys;
    this.telemetry = telemetry;
  }

  <K, V> Known<K, V> known() {
    return new Known<>(ticker, this::inTransaction, telemetry);
  }

  boolean inTransaction() {
    return data.findTransactionStatus().isPresent() || keys.findTransactionStatus().isPresent();
  }
}
