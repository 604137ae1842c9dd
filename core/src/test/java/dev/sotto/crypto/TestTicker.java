package dev.sotto.crypto;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The caches' time, which a test can set ahead. */
@Singleton
public final class TestTicker implements Ticker {
  private final AtomicLong ahead = new AtomicLong();

  public void advance(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  @Override
  public long read() {
    return System.nanoTime() + ahead.get();
  }
}
