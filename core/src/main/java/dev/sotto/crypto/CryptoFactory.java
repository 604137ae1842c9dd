package dev.sotto.crypto;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The time, where nobody brings another, and how long replaced keys are kept. */
@Factory
final class CryptoFactory {

  @Singleton
  @Requires(missingBeans = Clock.class)
  Clock clock() {
    return Clock.systemUTC();
  }

  @Singleton
  Grace grace(@Value("${datasources.default.url:}") String url) {
    return Grace.of(url);
  }

  @Singleton
  @Requires(missingBeans = Ticker.class)
  Ticker ticker() {
    return Ticker.systemTicker();
  }
}
