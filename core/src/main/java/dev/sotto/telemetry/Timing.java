package dev.sotto.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.concurrent.TimeUnit;

/** A step under way. It has failed unless somebody says otherwise before it is closed. */
public final class Timing implements AutoCloseable {
  private final Telemetry telemetry;
  private final Step step;
  private final Enum<?> of;
  private final Span span;
  private final Scope scope;
  private final long begin = System.nanoTime();
  private Enum<?> outcome = Result.FAILED;

  @SuppressWarnings("MustBeClosedChecker") // closed with this
  Timing(Telemetry telemetry, Step step, Enum<?> of, Span span) {
    this.telemetry = telemetry;
    this.step = step;
    this.of = of;
    this.span = span;
    this.scope = span.makeCurrent();
    telemetry.active(step).incrementAndGet();
  }

  /** Says what it came to. */
  public void outcome(Enum<?> result) {
    outcome = result;
  }

  /** Ends it; on the thread on which it began. */
  @Override
  public void close() {
    scope.close();
    telemetry.active(step).decrementAndGet();
    telemetry.timer(step, of, outcome).record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    span.setAttribute("outcome", Telemetry.word(outcome));
    if (outcome == Result.FAILED) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}
