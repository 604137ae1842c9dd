package dev.sotto.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.opentelemetry.api.trace.TracerProvider;
import jakarta.inject.Singleton;

/** Listeners that hear nothing, where nobody brings others. */
@Factory
final class TelemetryFactory {

  @Singleton
  @Requires(missingBeans = MeterRegistry.class)
  MeterRegistry meters() {
    return new CompositeMeterRegistry();
  }

  @Singleton
  @Requires(missingBeans = TracerProvider.class)
  TracerProvider traces() {
    return TracerProvider.noop();
  }
}
