package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process in which transactions hold every connection there is, and nobody knows any key. */
class PoolTest extends StoreContract {
  private static final int CONNECTIONS = 2;

  @Override
  @BeforeEach
  void openStore() {
    properties.putAll(databases());
    properties.put("datasources.default.maximum-pool-size", CONNECTIONS);
    properties.put("datasources.default.connection-timeout", 3_000);
    super.openStore();
  }

  @Test
  void whoHoldsAConnectionDoesNotWaitForWhoWaitsForOne() throws Exception {
    assertThat(openedBesideTransactions()).isEqualTo("text");
  }

  @Test
  void twinThatWaitsForTheOtherKeepsItWaiting() {
    restartAs(Twins.WAITS_IN_TRANSACTIONS);

    assertThatThrownBy(this::openedBesideTransactions)
        .hasStackTraceContaining("Connection is not available");
  }

  /** What one reads outside of a transaction while all the others read the same in theirs. */
  private String openedBesideTransactions() throws Exception {
    Cell cell = store.put(store.cell(store.vault.person("slack:T1", "U1")), "text");
    Ciphertext body = store.body(cell);
    store.bean(EpochWatch.class).forgetAll();
    CountDownLatch held = new CountDownLatch(CONNECTIONS);
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> holders =
          Stream.generate(() -> threads.submit(() -> openInTransaction(cell, body, held, go)))
              .limit(CONNECTIONS)
              .toList();
      held.await();
      Future<String> reader = threads.submit(() -> store.vault.open(cell, body));
      await().until(() -> store.pool().getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);
      go.countDown();
      for (Future<String> holder : holders) {
        assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo("text");
      }
      return reader.get(10, TimeUnit.SECONDS);
    }
  }

  private String openInTransaction(
      Cell cell, Ciphertext body, CountDownLatch held, CountDownLatch go) {
    return transactions()
        .executeWrite(_ -> {
          held.countDown();
          go.await();
          return store.vault.open(cell, body);
        });
  }

  @SuppressWarnings("unchecked")
  private TransactionOperations<Connection> transactions() {
    return store.ofData(TransactionOperations.class);
  }
}
