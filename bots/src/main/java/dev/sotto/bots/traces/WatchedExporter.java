package dev.sotto.bots.traces;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, once each, when spans are no longer taken and when they are again. */
final class WatchedExporter implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedExporter.class);

  private final SpanExporter exporter;
  private final AtomicBoolean failing = new AtomicBoolean();

  WatchedExporter(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(() -> tell(result));
  }

  private void tell(CompletableResultCode result) {
    if (failing.compareAndSet(result.isSuccess(), !result.isSuccess())) {
      if (result.isSuccess()) {
        LOG.info("traces are taken again");
      } else {
        LOG.warn("traces are dropped until their collector takes them: {}", reason(result));
      }
    }
  }

  private static String reason(CompletableResultCode result) {
    String reason = "it refuses them";
    for (Throwable it = result.getFailureThrowable(); it != null; it = it.getCause()) {
      if (it instanceof SSLException) {
        return "no TLS 1.3, or a certificate that nobody vouches for";
      }
      reason = it instanceof IOException ? "it cannot be reached" : reason;
    }
    return reason;
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
