package dev.sotto.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, read line by line as it arrives. The next bytes are asked for only when
 * those before are read, so a slow reader slows the sender down and nothing piles up; a line has at
 * most 1 MiB and the body at most 64 MiB. The JDK's own stream cannot be waited for with a limit.
 */
final class AnswerBody implements BodySubscriber<AnswerBody>, AutoCloseable {
  private static final int MAX_LINE = 1 << 20;
  private static final int MAX_BYTES = 64 << 20;

  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
  private long bytes;

  private sealed interface Arrival {
    record Bytes(List<ByteBuffer> buffers) implements Arrival {}

    record End() implements Arrival {}

    record Broken(Throwable cause) implements Arrival {}
  }

  /** What could be read: whole lines, perhaps none, and whether the body is at its end. */
  record Lines(List<String> lines, boolean last) {}

  /**
   * Waits for the next bytes and returns the lines they finish.
   *
   * @throws HttpTimeoutException nothing came in time
   * @throws IOException the connection broke, or a limit is passed
   */
  Lines read(Duration patience) throws IOException, InterruptedException {
    Arrival arrival = arrivals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    return switch (arrival) {
      case null -> throw new HttpTimeoutException("silence");
      case Arrival.Broken(Throwable cause) -> throw new IOException("broken body", cause);
      case Arrival.End() -> new Lines(List.of(finished()), true);
      case Arrival.Bytes(List<ByteBuffer> buffers) -> {
        var lines = new ArrayList<String>();
        for (ByteBuffer buffer : buffers) {
          split(buffer, lines);
        }
        subscription.join().request(1);
        yield new Lines(lines, false);
      }
    };
  }

  /** How many bytes came so far. */
  long bytes() {
    return bytes;
  }

  private void split(ByteBuffer buffer, List<String> lines) throws IOException {
    bytes += buffer.remaining();
    while (buffer.hasRemaining()) {
      byte next = buffer.get();
      if (next == '\n') {
        lines.add(finished());
      } else {
        unfinished.write(next);
      }
    }
    if (unfinished.size() > MAX_LINE || bytes > MAX_BYTES) {
      throw new IOException("too long");
    }
  }

  private String finished() {
    String line = unfinished.toString(StandardCharsets.UTF_8);
    unfinished.reset();
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** Closes the connection, unless the body was read to its end. */
  @Override
  public void close() {
    var _ = subscription.thenAccept(Flow.Subscription::cancel);
  }

  @Override
  public CompletionStage<AnswerBody> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    subscription.complete(source);
    source.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrivals.add(new Arrival.Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    arrivals.add(new Arrival.Broken(cause));
  }

  @Override
  public void onComplete() {
    arrivals.add(new Arrival.End());
  }
}
