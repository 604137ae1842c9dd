package dev.sotto.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.chat.Platform;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Telemetry telemetry = new Telemetry(meters, TracerProvider.noop());

  @Test
  void timesAStepByWhatItIsOfAndWhatItCameTo() {
    try (Timing timing = telemetry.begin(Step.TURN, Platform.SLACK)) {
      assertThat(meters.get("sotto.turn.active").gauge().value()).isOne();
      timing.outcome(Result.DONE);
    }

    assertThat(meters.get("sotto.turn.active").gauge().value()).isZero();
    assertThat(
            meters
                .get("sotto.turn")
                .tag("platform", "slack")
                .tag("outcome", "done")
                .timer()
                .count())
        .isOne();
  }

  @Test
  void takesAStepOfWhichNothingWasSaidForFailed() {
    telemetry.begin(Step.SEND, Platform.DISCORD).close();

    assertThat(meters.get("sotto.send").tag("outcome", "failed").timer().count()).isOne();
  }

  @Test
  void showsWhatNeverHappenedAsZero() {
    for (Occurrence occurrence : Occurrence.values()) {
      assertThat(meters.get(occurrence.metric()).counter().count()).isZero();
    }
    telemetry.count(Occurrence.ROTATED_ROW, 200);

    assertThat(meters.get("sotto.rotation.rows").counter().count()).isEqualTo(200);
  }

  /** A label can only be a constant, because there is nothing else to give. */
  @Test
  void takesNoTextFromAnybody() {
    List<Class<?>> taken =
        Stream.of(Telemetry.class, Timing.class)
            .flatMap(it -> Arrays.stream(it.getDeclaredMethods()))
            .filter(it -> Modifier.isPublic(it.getModifiers()))
            .map(Method::getParameterTypes)
            .flatMap(Arrays::stream)
            .<Class<?>>map(it -> it)
            .distinct()
            .toList();

    assertThat(taken)
        .isNotEmpty()
        .allMatch(it -> it.isPrimitive() || Enum.class.isAssignableFrom(it));
  }
}
