package dev.sotto.bots.traces;

import dev.sotto.chat.TrustedCertificates;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans to a collector, in batches and behind the turns; what it does not take in time is
 * dropped. Over TLS 1.3 and nothing older. Tells of no host, process or user.
 */
@Factory
@Requires(property = Traces.ENDPOINT, pattern = ".*\\S.*")
final class Traces {
  static final String ENDPOINT = "sotto.traces.endpoint";

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration DELAY = Duration.ofSeconds(1);

  /** The program has to end within 5 seconds, whether the collector listens or not. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  @Singleton
  @Bean(typed = Spans.class, preDestroy = "close")
  Spans spans(@Value("${" + ENDPOINT + "}") String endpoint, TrustedCertificates trusted) {
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(checked(endpoint.strip()))
            .setSslContext(trusted.context(), trusted.trustManager())
            .setEnabledProtocols(List.of("TLSv1.3"))
            .setTimeout(TIMEOUT)
            .setConnectTimeout(TIMEOUT)
            .setRetryPolicy(null)
            .setMeterProvider(MeterProvider.noop())
            .build();
    BatchSpanProcessor batches =
        BatchSpanProcessor.builder(new WatchedExporter(exporter))
            .setScheduleDelay(DELAY)
            .setExporterTimeout(TIMEOUT)
            .setMeterProvider(MeterProvider.noop())
            .build();
    return new Spans(
        SdkTracerProvider.builder()
            .setResource(Resource.create(Attributes.builder().put("service.name", "sotto").build()))
            .addSpanProcessor(batches)
            .build());
  }

  @Singleton
  TracerProvider provider(Spans spans) {
    return spans.provider();
  }

  /** Where spans go until the program ends. */
  record Spans(SdkTracerProvider provider) implements AutoCloseable {
    @Override
    public void close() {
      provider.shutdown().join(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static String checked(String endpoint) {
    try {
      URI address = URI.create(endpoint);
      if ("https".equalsIgnoreCase(address.getScheme())
          && address.getHost() != null
          && address.getRawUserInfo() == null) {
        return endpoint;
      }
    } catch (IllegalArgumentException quotesIt) {
      throw unusable();
    }
    throw unusable();
  }

  private static IllegalArgumentException unusable() {
    return new IllegalArgumentException(
        ENDPOINT + " has to be an address like https://host:4318/v1/traces");
  }
}
