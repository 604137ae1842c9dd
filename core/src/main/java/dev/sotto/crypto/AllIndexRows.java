package dev.sotto.crypto;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Arrays;
import java.util.function.ToLongBiFunction;

/** The blind indexes of both databases. */
@Singleton
class AllIndexRows {
  private final IndexRows data;
  private final IndexRows keys;

  AllIndexRows(
      JdbcOperations data,
      TransactionOperations<Connection> dataTransactions,
      @Named("keys") JdbcOperations keys,
      @Named("keys") TransactionOperations<Connection> keyTransactions) {
    this.data = new IndexRows(data, dataTransactions);
    this.keys = new IndexRows(keys, keyTransactions);
  }

  IndexRows of(IndexColumn column) {
    return column.ofKeys() ? keys : data;
  }

  /** A count over all columns. */
  long sum(ToLongBiFunction<IndexRows, IndexColumn> count) {
    return Arrays.stream(IndexColumn.values()).mapToLong(it -> count.applyAsLong(of(it), it)).sum();
  }

  void clearGuards() {
    data.clearGuard();
    keys.clearGuard();
  }
}
