package dev.sotto.bots;

import dev.sotto.bots.management.Probe;
import dev.sotto.chat.Connection;
import dev.sotto.chat.ConnectionException;
import dev.sotto.crypto.Keys;
import dev.sotto.database.Flush;
import dev.sotto.inbox.DurableInbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The parts of a running program that can be down, and how each is asked. */
@Singleton
final class Parts {
  /** The inbox looks around twice a second, but may wait half a minute for a connection. */
  private static final Duration STUCK = Duration.ofMinutes(2);

  /** A root key may lie with a service that wants money for each question. */
  private static final Duration ROOT_KEY_KEPT = Duration.ofSeconds(15);

  private static final Duration DATABASE_KEPT = Duration.ofSeconds(1);

  private final Bots bots;
  private final DurableInbox inbox;
  private final Keys keys;
  private final Flush flush;
  private final AtomicLong waiting = new AtomicLong();
  private final Probe database = new Probe("database", DATABASE_KEPT, this::askDatabase);

  Parts(Bots bots, DurableInbox inbox, Keys keys, Flush flush) {
    this.bots = bots;
    this.inbox = inbox;
    this.keys = keys;
    this.flush = flush;
  }

  /** What has to make progress; a new start is the mend. */
  List<Probe> alive() {
    return List.of(new Probe("inbox", Duration.ZERO, this::askInbox));
  }

  /** What an answer takes. */
  List<Probe> needed() {
    Stream<Probe> kept =
        Stream.of(
            database,
            new Probe("key-store", DATABASE_KEPT, keys::reach),
            new Probe("root-key", ROOT_KEY_KEPT, keys::proveRootKey));
    Stream<Probe> platforms = bots.connections().stream().map(Parts::connected);
    return Stream.concat(kept, platforms).toList();
  }

  /** Has everything of this told whenever somebody asks for metrics. */
  void watch(MeterRegistry meters, List<Probe> parts) {
    Gauge.builder("sotto.events.waiting", this, Parts::waiting)
        .description("Events that wait or are being answered")
        .register(meters);
    for (Probe part : parts) {
      Gauge.builder("sotto.part.up", part, it -> it.isWell() ? 1 : 0)
          .description("Whether a part is as it should be")
          .tag("part", part.part())
          .strongReference(true)
          .register(meters);
    }
  }

  private double waiting() {
    return database.isWell() ? waiting.get() : Double.NaN;
  }

  private void askDatabase() {
    waiting.set(inbox.waiting());
    flush.check();
  }

  private void askInbox() {
    if (inbox.sinceLastLook().compareTo(STUCK) > 0) {
      throw new IllegalStateException("the inbox stands still");
    }
  }

  private static Probe connected(Connection connection) {
    return new Probe(
        connection.platform().platform().key(),
        Duration.ZERO,
        () -> {
          if (!connection.connected()) {
            throw new ConnectionException("not connected");
          }
        });
  }
}
