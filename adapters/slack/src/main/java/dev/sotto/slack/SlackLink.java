package dev.sotto.slack;

import dev.sotto.chat.Address;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket to Slack. Each message is worked on by a thread of its own, those of a place in the
 * order of their arrival, at most {@value #IN_FLIGHT} at a time; while that many are, Slack has to
 * wait. A socket that says nothing for {@value #SILENCE_SECONDS} seconds, not even an answer to a
 * ping, is given up; and so is one whose messages are not kept for longer than its time-out, before
 * Slack stops to repeat them.
 */
final class SlackLink implements WebSocket.Listener {
  static final int IN_FLIGHT = 256;
  static final int SILENCE_SECONDS = 20;
  private static final int PING_SECONDS = 5;
  private static final int GREETING_MILLIS = 1_000;
  private static final int LONGEST_MESSAGE = 4_000_000;

  private static final Logger log = LoggerFactory.getLogger(SlackLink.class);

  private final Handler handler;
  private final Executor threads;
  private final Duration timeout;
  private final Map<Address, CompletableFuture<?>> last = new ConcurrentHashMap<>();
  private final StringBuilder partial = new StringBuilder();
  private final ReentrantLock sending = new ReentrantLock();
  private final CountDownLatch greeted = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long heard = System.nanoTime();
  private volatile long unkeptSince;
  private volatile boolean unkept;
  private volatile boolean relieved;
  private volatile @Nullable WebSocket socket;

  /** What is done with messages. */
  interface Handler {
    /** Where a message belongs, if that place has an order. */
    Optional<Address> place(String message);

    /** Takes a message; answers with what is to be sent back. */
    Optional<String> take(String message) throws Exception;
  }

  private SlackLink(Handler handler, Executor threads, Duration timeout) {
    this.handler = handler;
    this.threads = threads;
    this.timeout = timeout;
  }

  /**
   * @throws SlackFailure it could not be opened
   */
  static SlackLink open(
      HttpClient http, URI address, Handler handler, Executor threads, Duration timeout) {
    if (!"wss".equalsIgnoreCase(address.getScheme())) {
      throw SlackFailure.of(
          "socket",
          SlackFailure.Kind.UNTRUSTED,
          "Slack offered a socket address that is not wss (TLS); nothing was sent there");
    }
    SlackLink link = new SlackLink(handler, threads, timeout);
    CompletableFuture<WebSocket> opening =
        http.newWebSocketBuilder().connectTimeout(timeout).buildAsync(address, link);
    try {
      link.socket = opening.get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS);
      return link;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      opening.cancel(true);
      throw SlackFailure.of("socket", SlackFailure.Kind.UNREACHED, "no answer in time");
    } catch (InterruptedException e) {
      opening.cancel(true);
      Thread.currentThread().interrupt();
      throw SlackFailure.of("socket", SlackFailure.Kind.UNREACHED, "interrupted");
    }
  }

  private static SlackFailure failure(@Nullable Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof SSLException tls) {
        return SlackFailure.of("socket", SlackFailure.Kind.UNTRUSTED, Tls.explain(tls));
      }
    }
    return SlackFailure.of("socket", SlackFailure.Kind.UNREACHED, "Slack is not reachable");
  }

  /** Waits, but not long, for Slack's first word: from then on events are sent here. */
  void awaitGreeting() throws InterruptedException {
    boolean heardFirst = greeted.await(GREETING_MILLIS, TimeUnit.MILLISECONDS);
    log.debug("Slack: {}", heardFirst ? "greeted" : "not greeted");
  }

  /** Waits until Slack asks for a new socket or this one is of no more use. */
  void awaitEnd() throws InterruptedException {
    while (!ended.await(PING_SECONDS, TimeUnit.SECONDS)) {
      if (System.nanoTime() - heard > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) {
        log.warn("Slack: the socket is silent and is given up");
        return;
      }
      WebSocket open = socket;
      if (open != null) {
        send(() -> open.sendPing(ByteBuffer.allocate(0)));
      }
    }
  }

  /** How long nothing has been heard on it. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heard);
  }

  /** Whether there was something that was not kept, and nothing since that was. */
  boolean unkept() {
    return unkept;
  }

  /** Whether Slack asked for another in its place, and sends nothing more to this one. */
  boolean relieved() {
    return relieved;
  }

  boolean open() {
    WebSocket open = socket;
    return ended.getCount() > 0 && open != null && !open.isOutputClosed();
  }

  /** Says goodbye within half a second and waits for no answer. */
  void close() {
    ended.countDown();
    WebSocket open = socket;
    if (open != null) {
      open.sendClose(WebSocket.NORMAL_CLOSURE, "")
          .orTimeout(500, TimeUnit.MILLISECONDS)
          .handle((_, _) -> 0)
          .join();
      open.abort();
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(IN_FLIGHT);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    heard = System.nanoTime();
    greeted.countDown();
    partial.append(data);
    if (partial.length() > LONGEST_MESSAGE) {
      log.warn("Slack: a message beyond the limit, the socket is given up");
      from.abort();
      ended.countDown();
    } else if (last) {
      String message = partial.toString();
      partial.setLength(0);
      arrived(from, message);
    } else {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    return heardFrom(from);
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    return heardFrom(from);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    return heardFrom(from);
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    ended.countDown();
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    ended.countDown();
  }

  private @Nullable CompletionStage<?> heardFrom(WebSocket from) {
    heard = System.nanoTime();
    from.request(1);
    return null;
  }

  private void arrived(WebSocket from, String message) {
    Optional<Address> place = handler.place(message);
    if (place.isEmpty()) {
      threads.execute(() -> work(from, message));
      return;
    }
    CompletableFuture<?> before =
        last.getOrDefault(place.get(), CompletableFuture.completedFuture(null));
    CompletableFuture<?> mine =
        before.handle((_, _) -> true).thenRunAsync(() -> work(from, message), threads);
    last.put(place.get(), mine);
    var _ = mine.whenComplete((_, _) -> last.remove(place.get(), mine));
  }

  /** The one place that takes whatever a message may cause: it is then not acknowledged. */
  private void work(WebSocket from, String message) {
    try {
      if (message.length() < 1_000
          && SlackJson.text(SlackJson.parse(message), "type").equals("disconnect")) {
        relieved = true;
        ended.countDown();
      } else {
        handler.take(message).ifPresent(answer -> send(() -> from.sendText(answer, true)));
        unkept = false;
      }
    } catch (Exception e) {
      log.warn("Slack: an event was not kept, Slack will repeat it ({})", e.getClass().getName());
      notKept(System.nanoTime());
    } finally {
      heard = System.nanoTime();
      from.request(1);
    }
  }

  private void notKept(long now) {
    if (!unkept) {
      unkeptSince = now;
      unkept = true;
    } else if (now - unkeptSince > timeout.toNanos()) {
      ended.countDown();
    }
  }

  /** A WebSocket takes one text at a time. */
  private void send(Supplier<CompletableFuture<WebSocket>> frame) {
    sending.lock();
    try {
      frame.get().get(SILENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      ended.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended.countDown();
    } finally {
      sending.unlock();
    }
  }
}
