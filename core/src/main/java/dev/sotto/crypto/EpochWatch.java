package dev.sotto.crypto;

import dev.sotto.database.Embedded;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of unwrapped keys when a key ring was destroyed: at once when by this process, within a
 * second or so when by another. An embedded key store has no other. If the key store cannot be
 * asked, keys still go after {@link Keyring#LIFE}.
 */
@Singleton
class EpochWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EpochWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final EpochRows rows;
  private final Keyring keyring;
  private final Scopes scopes;
  private final boolean alone;
  private final AtomicLong seen = new AtomicLong(-1);
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("epoch-", 0).factory());

  EpochWatch(
      EpochRows rows,
      Keyring keyring,
      Scopes scopes,
      @Value("${datasources.keys.url:}") String url) {
    this.rows = rows;
    this.keyring = keyring;
    this.scopes = scopes;
    this.alone = Embedded.is(url);
  }

  void start() {
    if (!alone) {
      var _ =
          thread.scheduleWithFixedDelay(
              this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Lets go of everything that was read in the key store. */
  void forgetAll() {
    scopes.forgetAll();
    keyring.forgetAll();
  }

  private void look() {
    try {
      long now = rows.epoch();
      if (seen.getAndSet(now) != now) {
        forgetAll();
      }
    } catch (RuntimeException e) {
      LOG.warn("the key store cannot be asked what was erased: {}", e.getClass().getName());
    }
  }

  @Override
  @PreDestroy
  public void close() {
    thread.shutdown();
  }
}
