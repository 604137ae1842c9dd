package dev.sotto.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Counts, times and traces. Costs next to nothing where nobody listens: the meters of an empty
 * registry and the spans of no tracer do nothing. Thread-safe.
 */
@Singleton
public final class Telemetry {
  /** Of the buckets of every timer: few enough for one set for each outcome. */
  private static final Duration[] BOUNDS =
      Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry meters;
  private final Tracer tracer;
  private final Map<Occurrence, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Step, AtomicInteger> active = new ConcurrentHashMap<>();

  /**
   * @param meters where counters and timers are registered
   * @param traces where spans go
   */
  public Telemetry(MeterRegistry meters, TracerProvider traces) {
    this.meters = meters;
    this.tracer = traces.get("dev.sotto");
    List.of(Occurrence.values()).forEach(this::counter);
    List.of(Step.values()).forEach(this::active);
  }

  /** Counts what happened so many times. */
  public void count(Occurrence occurrence, int times) {
    counter(occurrence).increment(times);
  }

  /**
   * Begins a step; what begins on this thread before it ends is a part of it.
   *
   * @param of the platform or the provider
   */
  public Timing begin(Step step, Enum<?> of) {
    Span span = tracer.spanBuilder(step.span()).setAttribute(step.label(), word(of)).startSpan();
    return new Timing(this, step, of, span);
  }

  /** How many of a kind are under way. */
  AtomicInteger active(Step step) {
    return active.computeIfAbsent(
        step,
        it -> {
          AtomicInteger number = new AtomicInteger();
          Gauge.builder(it.metric() + ".active", number, AtomicInteger::get)
              .description(it.description() + ": under way")
              .register(meters);
          return number;
        });
  }

  Timer timer(Step step, Enum<?> of, Enum<?> outcome) {
    return Timer.builder(step.metric())
        .description(step.description())
        .tag(step.label(), word(of))
        .tag("outcome", word(outcome))
        .serviceLevelObjectives(BOUNDS)
        .register(meters);
  }

  private Counter counter(Occurrence occurrence) {
    return counters.computeIfAbsent(
        occurrence,
        it -> Counter.builder(it.metric()).description(it.description()).register(meters));
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
