package dev.sotto.bots.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.sotto.chat.Platform;
import dev.sotto.telemetry.Result;
import dev.sotto.telemetry.Step;
import dev.sotto.telemetry.Telemetry;
import dev.sotto.telemetry.Timing;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpansTest {
  private final Kept kept = new Kept();

  @Test
  void aStepThatBeginsWithinAnotherIsAPartOfIt() {
    try (SdkTracerProvider provider = provider()) {
      Telemetry telemetry = new Telemetry(new CompositeMeterRegistry(), provider);

      try (Timing turn = telemetry.begin(Step.TURN, Platform.SLACK)) {
        try (Timing send = telemetry.begin(Step.SEND, Platform.SLACK)) {
          send.outcome(Result.DONE);
        }
        turn.outcome(Result.DONE);
      }
      telemetry.begin(Step.TURN, Platform.DISCORD).close();
    }

    assertThat(kept.spans).extracting(SpanData::getName).containsExactly("send", "turn", "turn");
    SpanData send = kept.spans.get(0);
    SpanData turn = kept.spans.get(1);
    assertThat(send.getParentSpanId()).isEqualTo(turn.getSpanId());
    assertThat(kept.spans.get(2).getTraceId()).isNotEqualTo(turn.getTraceId());
  }

  @Test
  void aSpanSaysWhatItIsOfAndWhatItCameToAndNothingElse() {
    try (SdkTracerProvider provider = provider()) {
      new Telemetry(new CompositeMeterRegistry(), provider)
          .begin(Step.ACCEPT, Platform.DISCORD)
          .close();
    }

    SpanData span = kept.spans.getFirst();
    assertThat(span.getAttributes().asMap())
        .containsOnly(
            entry(AttributeKey.stringKey("platform"), "discord"),
            entry(AttributeKey.stringKey("outcome"), "failed"));
    assertThat(span.getEvents()).isEmpty();
    assertThat(span.getStatus().getDescription()).isEmpty();
  }

  private SdkTracerProvider provider() {
    return SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(kept)).build();
  }

  /** Keeps what it is given. */
  private static final class Kept implements SpanExporter {
    private final List<SpanData> spans = new ArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      spans.addAll(ended);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
