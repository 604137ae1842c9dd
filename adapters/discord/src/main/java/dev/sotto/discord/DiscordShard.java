package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.ShardLease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.hooks.EventListener;

/**
 * The connection for one shard. JDA resumes and reconnects within a session; what ends a session is
 * seen here and a new one is begun, unless Discord said that there is no use.
 */
final class DiscordShard implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final Duration FAREWELL = Duration.ofMillis(1_200);

  private final ShardLease lease;
  private final DiscordSession session;
  private final Reporter reporter;
  private final Sessions sessions;
  private final Heard heard;
  private final Lanes lanes = new Lanes();
  private final Object[] listeners;
  private final AtomicReference<Optional<JDA>> current = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<SessionWatch>> watch =
      new AtomicReference<>(Optional.empty());

  DiscordShard(
      ShardLease lease, DiscordSession session, Reporter reporter, Sessions sessions, Heard heard) {
    this.lease = lease;
    this.session = session;
    this.reporter = reporter;
    this.sessions = sessions;
    this.heard = heard;
    this.listeners = heard.listeners().apply(lanes).toArray();
  }

  /**
   * What becomes of what is heard.
   *
   * @param listeners of a shard that does what it has to do in these lanes
   * @param begun told of each session that is ready, beside the lanes
   * @param refused told why there will be no other session
   */
  record Heard(
      Function<Lanes, List<EventListener>> listeners,
      BiConsumer<JDA, Lanes> begun,
      Consumer<ConnectionException> refused) {}

  /**
   * Returns when it is connected, or closed.
   *
   * @throws ConnectionException it never will be
   */
  void connect() {
    long pause = FIRST_PAUSE_MILLIS;
    do {
      try {
        begin();
        return;
      } catch (UnreachableException e) {
        if (!lanes.closed()) {
          reporter.trouble(e.line());
        }
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    } while (lanes.pause(pause));
  }

  private void begin() {
    SessionWatch attempt = new SessionWatch(reporter, this::begun, this::lost);
    watch.set(Optional.of(attempt));
    if (lanes.closed()) {
      return;
    }
    JDA ready = session.begin(lease, attempt, listeners);
    if (lanes.closed()) {
      sessions.remove(ready);
      ready.shutdownNow();
    } else {
      lanes.beside(() -> heard.begun().accept(ready, lanes));
    }
  }

  private void begun(JDA ready) {
    current.set(Optional.of(ready));
    sessions.add(ready);
  }

  private void lost(RuntimeException reason) {
    if (lanes.closed()) {
      return;
    }
    current.getAndSet(Optional.empty()).ifPresent(sessions::remove);
    lanes.beside(() -> {
      try {
        if (reason instanceof ConnectionException refused) {
          throw refused;
        }
        connect();
      } catch (ConnectionException e) {
        heard.refused().accept(e);
      }
    });
  }

  /** Whether events flow now. */
  boolean connected() {
    return current.get().isPresent() && watch.get().filter(SessionWatch::flowing).isPresent();
  }

  /** Within two seconds. */
  @Override
  public void close() {
    lanes.close();
    watch.get().ifPresent(SessionWatch::giveUp);
    current
        .getAndSet(Optional.empty())
        .ifPresent(it -> {
          sessions.remove(it);
          shutDown(it);
        });
  }

  /** Gives requests that are under way a moment. */
  static void shutDown(JDA jda) {
    jda.shutdown();
    try {
      if (!jda.awaitShutdown(FAREWELL)) {
        jda.shutdownNow();
      }
    } catch (InterruptedException _) {
      jda.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
