package dev.sotto.model;

import static dev.sotto.model.ModelException.Reason.BROKEN_OFF;
import static dev.sotto.model.ModelException.Reason.EMPTY;
import static dev.sotto.model.ModelException.Reason.GARBAGE;
import static dev.sotto.model.ModelException.Reason.STOPPED;
import static dev.sotto.model.ModelException.Reason.TIMED_OUT;
import static dev.sotto.model.ModelException.Reason.TLS;
import static dev.sotto.model.ModelException.Reason.UNREACHABLE;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's way to the network, in place of its own, which reads every stream on a thread of
 * the common pool (5,000 streams do not fit there), calls a stream that just ends a whole answer,
 * logs what it cannot read, and puts the provider's words into exceptions. Here a stream is read on
 * the caller's thread, and what happens to it is told to its {@link Exchange}. An answer takes at
 * most 10 minutes.
 */
final class Transport implements HttpClient {
  private static final long MAX_NANOS = Duration.ofMinutes(10).toNanos();
  private static final Duration AFTER_END_MARK = Duration.ofMillis(250);

  private final java.net.http.HttpClient http;
  private final Duration readTimeout;

  Transport(java.net.http.HttpClient http, Duration readTimeout) {
    this.http = http;
    this.readTimeout = readTimeout;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    throw new IllegalStateException("models are asked for streams only");
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    Exchange exchange = Exchange.CURRENT.get();
    var events = new Events(listener, exchange, parser instanceof DefaultServerSentEventParser);
    try (AnswerBody body = open(request, exchange)) {
      read(body, events, exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw exchange.failed(STOPPED);
    }
  }

  private AnswerBody open(HttpRequest request, Exchange exchange) throws InterruptedException {
    HttpResponse<AnswerBody> response = send(translated(request), exchange, true);
    if (response.statusCode() != 200) {
      response.body().close();
      throw exchange.refused(response.statusCode());
    }
    return response.body();
  }

  /**
   * A kept connection that the provider has just closed fails before the first byte: asked once
   * more, because the JDK by itself repeats no POST.
   */
  private HttpResponse<AnswerBody> send(
      java.net.http.HttpRequest request, Exchange exchange, boolean again)
      throws InterruptedException {
    try {
      return http.send(request, _ -> new AnswerBody());
    } catch (IOException e) {
      if (again && reason(e) == BROKEN_OFF) {
        return send(request, exchange, false);
      }
      throw exchange.failed(reason(e));
    }
  }

  private void read(AnswerBody body, Events events, Exchange exchange) throws InterruptedException {
    long begin = System.nanoTime();
    try {
      boolean last = false;
      while (!last && !exchange.over()) {
        AnswerBody.Lines read = body.read(exchange.ended() ? AFTER_END_MARK : readTimeout);
        read.lines().forEach(events::line);
        exchange.tell();
        last = read.last();
        if (System.nanoTime() - begin > MAX_NANOS) {
          throw new HttpTimeoutException("an answer without end");
        }
      }
      events.close();
      if (!exchange.ended() && !exchange.over() && !events.any()) {
        throw exchange.failed(body.bytes() == 0 ? EMPTY : GARBAGE);
      }
    } catch (IOException e) {
      events.close();
      if (!exchange.ended()) {
        throw exchange.failed(e instanceof HttpTimeoutException ? TIMED_OUT : BROKEN_OFF);
      }
    }
  }

  private java.net.http.HttpRequest translated(HttpRequest request) {
    var builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .timeout(readTimeout)
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(request.body()));
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    return builder.build();
  }

  private static ModelException.Reason reason(IOException e) {
    if (causes(e).anyMatch(SSLException.class::isInstance)) {
      return TLS;
    }
    if (e instanceof HttpConnectTimeoutException
        || causes(e).anyMatch(c -> c instanceof ConnectException)
        || causes(e).anyMatch(c -> c instanceof UnresolvedAddressException)) {
      return UNREACHABLE;
    }
    return e instanceof HttpTimeoutException ? TIMED_OUT : BROKEN_OFF;
  }

  private static Stream<Throwable> causes(Throwable outermost) {
    return Stream.<@Nullable Throwable>iterate(
            outermost, t -> t != null, t -> t == null ? null : t.getCause())
        .limit(10)
        .map(Throwable.class::cast);
  }
}
