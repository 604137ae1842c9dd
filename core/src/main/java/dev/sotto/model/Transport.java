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
import dev.sotto.chat.PromptSockets;
import dev.sotto.chat.TrustedCertificates;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.TlsVersion;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's way to the network, in place of its own, which reads every stream on a thread of
 * the common pool (5,000 streams do not fit there), calls a stream that just ends a whole answer,
 * logs what it cannot read, and puts the provider's words into exceptions. Here a stream is read on
 * the caller's thread, and what happens to it is told to its {@link Exchange}. An answer takes at
 * most 10 minutes. HTTP/2 where the provider speaks it, so that thousands of streams share a few
 * connections. At most 32 connections of a model are being made at once, so that a rush of
 * thousands is not lost to time-outs.
 */
final class Transport implements HttpClient {
  private static final long MAX_NANOS = Duration.ofMinutes(10).toNanos();
  private static final Duration AFTER_END_MARK = Duration.ofMillis(250);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CONNECT_TURN = Duration.ofSeconds(60);
  private static final int CONNECTING = 32;
  private static final int IDLE_CONNECTIONS = 256;
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Semaphore connecting = new Semaphore(CONNECTING);
  private final OkHttpClient http;
  private final Duration readTimeout;

  /**
   * @param http from {@link #client}; its connections are shared
   * @param cleartext whether {@code http:} is spoken, to a server on this machine
   */
  Transport(OkHttpClient http, Duration readTimeout, boolean cleartext) {
    OkHttpClient.Builder own = http.newBuilder().readTimeout(readTimeout);
    this.http =
        cleartext ? own.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build() : own.build();
    this.readTimeout = readTimeout;
  }

  /** TLS 1.3 and nothing older. Follows no redirect and repeats no request by itself. */
  static OkHttpClient client(TrustedCertificates trusted) {
    ConnectionSpec tls13 =
        new ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
            .tlsVersions(TlsVersion.TLS_1_3)
            .build();
    return new OkHttpClient.Builder()
        .connectionSpecs(List.of(tls13))
        .socketFactory(new PromptSockets())
        .protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))
        .sslSocketFactory(trusted.context().getSocketFactory(), trusted.trustManager())
        .followRedirects(false)
        .retryOnConnectionFailure(false)
        .connectTimeout(CONNECT_TIMEOUT)
        .eventListenerFactory(call -> turn(call.request()))
        .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE.toSeconds(), TimeUnit.SECONDS))
        .build();
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
    try (Answer answer = ask(translated(request), exchange, true)) {
      if (answer.response().code() != 200) {
        throw exchange.refused(answer.response().code());
      }
      read(new AnswerBody(answer.response().body().source()), events, exchange);
    }
  }

  /** An answer that has begun. Closing it leaves no more of it to come. */
  private record Answer(Call call, Response response) implements AutoCloseable {
    @Override
    public void close() {
      call.cancel();
      response.close();
    }

    @Override
    public String toString() {
      return "Answer";
    }
  }

  /**
   * A kept connection that the provider has just closed fails before the first byte: asked once
   * more, on none of those that are kept, which may be as dead.
   */
  private Answer ask(Request request, Exchange exchange, boolean again) {
    var turn = new Turn(connecting);
    try {
      turn.await();
      Call call = http.newCall(request.newBuilder().tag(Turn.class, turn).build());
      return new Answer(call, call.execute());
    } catch (IOException e) {
      ModelException.Reason reason = reason(e, turn.connected());
      if (again && reason == BROKEN_OFF) {
        http.connectionPool().evictAll();
        return ask(request, exchange, false);
      }
      throw exchange.failed(reason);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw exchange.failed(STOPPED);
    } finally {
      turn.release();
    }
  }

  private static EventListener turn(Request request) {
    EventListener turn = request.tag(Turn.class);
    return turn == null ? EventListener.NONE : turn;
  }

  /** One call's turn to connect, which ends when the call has a connection. */
  private static final class Turn extends EventListener {
    private final Semaphore turns;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile boolean connected;

    Turn(Semaphore turns) {
      this.turns = turns;
    }

    void await() throws InterruptedException {
      taken.set(turns.tryAcquire(CONNECT_TURN.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      connected = true;
      release();
    }

    boolean connected() {
      return connected;
    }

    void release() {
      if (taken.getAndSet(false)) {
        turns.release();
      }
    }
  }

  private void read(AnswerBody body, Events events, Exchange exchange) {
    long begin = System.nanoTime();
    try {
      boolean last = false;
      while (!last && !exchange.over()) {
        AnswerBody.Lines read = body.read(exchange.ended() ? AFTER_END_MARK : readTimeout);
        read.lines().forEach(events::line);
        exchange.tell();
        last = read.last();
        if (System.nanoTime() - begin > MAX_NANOS) {
          throw new SocketTimeoutException("an answer without end");
        }
      }
      events.close();
      if (!exchange.ended() && !exchange.over() && !events.any()) {
        throw exchange.failed(body.bytes() == 0 ? EMPTY : GARBAGE);
      }
    } catch (IOException e) {
      events.close();
      if (!exchange.ended()) {
        throw exchange.failed(reason(e, true));
      }
    }
  }

  private static Request translated(HttpRequest request) {
    var builder =
        new Request.Builder()
            .url(request.url())
            .post(RequestBody.create(request.body().getBytes(StandardCharsets.UTF_8)));
    request.headers().forEach((name, values) -> values.forEach(v -> builder.addHeader(name, v)));
    return builder.build();
  }

  private static ModelException.Reason reason(IOException failure, boolean connected) {
    if (Thread.currentThread().isInterrupted()) {
      return STOPPED;
    }
    if (!connected) {
      return causes(failure).anyMatch(SSLException.class::isInstance) ? TLS : UNREACHABLE;
    }
    return failure instanceof InterruptedIOException ? TIMED_OUT : BROKEN_OFF;
  }

  private static Stream<Throwable> causes(Throwable outermost) {
    return Stream.<@Nullable Throwable>iterate(
            outermost, t -> t != null, t -> t == null ? null : t.getCause())
        .limit(10)
        .map(Throwable.class::cast);
  }
}
