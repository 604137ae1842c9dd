package dev.sotto.slack;

import dev.sotto.chat.ConnectionException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.FormBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one socket to Slack open for as long as the process lives. When Slack asks for a new one,
 * it is opened before the old one is closed; when Slack cannot be reached, it is tried again for
 * ever, at most {@link #LONGEST_PAUSE} apart. Each reason is logged once until it is overcome.
 */
final class SlackSocket implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A socket that ends sooner than this counts as a failure, so that a loop slows down. */
  private static final Duration SHORT_LIFE = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(SlackSocket.class);

  private final SlackApi api;
  private final HttpClient http;
  private final ExecutorService threads;
  private final Duration timeout;
  private final AtomicReference<@Nullable SlackLink> current = new AtomicReference<>();
  private final CompletableFuture<Boolean> first = new CompletableFuture<>();
  private final AtomicReference<String> lastReason = new AtomicReference<>("");
  private volatile boolean closed;
  private volatile @Nullable Thread supervisor;

  SlackSocket(SlackApi api, SlackSettings settings, ExecutorService threads) {
    this.api = api;
    this.threads = threads;
    this.timeout = settings.timeout();
    this.http =
        HttpClient.newBuilder()
            .sslContext(Tls.context(settings.trust()))
            .sslParameters(Tls.parameters())
            .connectTimeout(timeout)
            .executor(threads)
            .build();
  }

  /** A step towards the socket that may fail for a while or for good. */
  @FunctionalInterface
  interface Step {
    Session take();
  }

  /** Who takes what comes, and hears when something may not have come. */
  interface Session extends SlackLink.Handler {
    /**
     * Something may not have come, or not been kept: there was no socket, or it was lost with what
     * was on its way. The next will be opened after this.
     *
     * @throws SlackFailure it is not to be opened yet
     */
    void missed();

    /** What happens from now on comes, after an absence for which Slack need not make up. */
    void resumed();
  }

  /**
   * Starts, and returns when events flow or the socket was closed.
   *
   * @param prepare run before the first socket, again until it does not fail
   * @throws ConnectionException it will never be without a mend
   */
  void connect(Step prepare) {
    supervisor = Thread.ofVirtual().name("slack-socket").start(() -> supervise(prepare));
    try {
      first.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ConnectionException mend) {
        throw mend;
      }
      throw e;
    }
  }

  boolean open() {
    SlackLink link = current.get();
    return link != null && link.open();
  }

  @Override
  public void close() {
    closed = true;
    Thread running = supervisor;
    if (running != null) {
      running.interrupt();
    }
    replace(null);
    first.complete(false);
    http.shutdownNow();
  }

  private void supervise(Step prepare) {
    Optional<Session> session = Optional.empty();
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      try {
        session = Optional.of(session.isPresent() ? session.get() : prepare.take());
        pause = runOnce(session.get()) ? FIRST_PAUSE : pause(pause, Duration.ZERO);
      } catch (ConnectionException e) {
        if (first.completeExceptionally(e)) {
          return;
        }
        tell(String.valueOf(e.getMessage()));
        pause = pause(LONGEST_PAUSE, Duration.ZERO);
      } catch (SlackFailure e) {
        tell("Slack: " + e.getMessage() + "; it is tried again");
        pause = pause(pause, e.kind() == SlackFailure.Kind.LATER ? e.retryAfter() : Duration.ZERO);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Opens a socket in place of the last one and waits for its end. */
  private boolean runOnce(Session session) throws InterruptedException {
    SlackLink before = current.get();
    boolean absent = absent(before);
    if (absent || before == null || !before.relieved()) {
      replace(null);
      session.missed();
    }
    SlackLink link = SlackLink.open(http, address(), session, threads, timeout);
    long since = System.nanoTime();
    link.awaitGreeting();
    replace(link);
    if (absent) {
      session.resumed();
    }
    if (first.complete(true) || !lastReason.getAndSet("").isEmpty()) {
      log.info("Slack: connected");
    }
    link.awaitEnd();
    return System.nanoTime() - since > SHORT_LIFE.toNanos();
  }

  private boolean absent(@Nullable SlackLink before) {
    return before == null || before.unkept() || before.silence().compareTo(timeout) > 0;
  }

  private void replace(@Nullable SlackLink next) {
    SlackLink before = current.getAndSet(next);
    if (before != null) {
      before.close();
    }
    if (closed && next != null) {
      next.close();
    }
  }

  private URI address() {
    try {
      var answer = api.call("apps.connections.open", new FormBody.Builder());
      return URI.create(SlackJson.text(answer, "url"));
    } catch (SlackFailure e) {
      throw SlackMend.of("SLACK_APP_TOKEN", e);
    } catch (IllegalArgumentException e) {
      throw SlackFailure.answered("apps.connections.open", "");
    }
  }

  private void tell(String reason) {
    if (!closed && !lastReason.getAndSet(reason).equals(reason)) {
      log.warn("{}", reason);
    }
  }

  private static Duration pause(Duration length, Duration least) {
    Duration wait = length.compareTo(least) > 0 ? length : least;
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration next = length.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }
}
