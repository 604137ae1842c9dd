package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Sockets;
import dev.sotto.sandbox.side.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Delivers to the app. At most 10 connections; each payload goes to exactly one of them, in turn.
 * An event that is not acknowledged in time comes again with the same {@code event_id} and a new
 * envelope; a command or an interaction does not. While nobody is connected events wait, at most
 * 1,000, or are lost.
 */
final class SocketMode implements Sockets {
  static final int MOST_LINKS = 10;
  private static final int MOST_WAITING = 1_000;
  private static final Duration LEAVING = Duration.ofSeconds(10);
  private static final String EVENT = "events_api";

  private final SlackTiming timing;
  private final Timer timer;
  private final List<Link> links = new ArrayList<>();
  private final Recent<String> tickets = new Recent<>(100);
  private final Map<String, Sent> unacknowledged = new HashMap<>();
  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private Optional<ObjectNode> last = Optional.empty();
  private boolean held;
  private boolean impatient;
  private int turn;
  private long lost;
  private volatile Consumer<Duration> acknowledgements = _ -> {};

  SocketMode(SlackTiming timing, Timer timer) {
    this.timing = timing;
    this.timer = timer;
  }

  /** What came back for a command or an interaction. */
  sealed interface Outcome {
    /** The app acknowledged, perhaps with something to show. */
    record Acknowledged(JsonNode payload) implements Outcome {}

    /** The app said nothing in time. */
    record Silence() implements Outcome {}

    /** The app is not connected. */
    record Absence() implements Outcome {}
  }

  private record Delivery(
      String type, ObjectNode payload, int attempt, String reason, Consumer<Outcome> outcome) {
    Delivery again(String why) {
      return new Delivery(type, payload, attempt + 1, why, outcome);
    }

    ObjectNode envelope(String id) {
      ObjectNode envelope =
          Json.object(
              "envelope_id", id,
              "type", type,
              "payload", payload,
              "accepts_response_payload", !type.equals(EVENT));
      return type.equals(EVENT)
          ? envelope.put("retry_attempt", attempt).put("retry_reason", reason)
          : envelope;
    }
  }

  private record Sent(Delivery delivery, Timer.Task deadline, long at) {}

  /** A ticket that opens one connection. */
  String ticket() {
    String ticket = UUID.randomUUID().toString();
    tickets.put(ticket, ticket);
    return ticket;
  }

  /** Uses up a ticket. */
  boolean admits(String ticket) {
    return tickets.take(ticket).isPresent();
  }

  /** Greets a new connection and gives it what waited; one too many is sent away. */
  void joined(Link link) {
    synchronized (this) {
      if (links.stream().filter(Link::alive).count() >= MOST_LINKS) {
        link.send(farewell("too_many_websockets"));
        link.close();
        return;
      }
      links.add(link);
      link.send(hello());
    }
    flush();
  }

  private ObjectNode hello() {
    return Json.object(
        "type", "hello",
        "num_connections", links.size(),
        "connection_info", Json.object("app_id", Team.APP),
        "debug_info",
            Json.object(
                "host", "sandbox", "build_number", 1, "approximate_connection_time", 18_060));
  }

  synchronized void left(Link link) {
    links.remove(link);
  }

  /** Delivers an event. */
  void event(ObjectNode payload) {
    synchronized (this) {
      last = Optional.of(payload);
      enqueue(new Delivery(EVENT, payload, 0, "", _ -> {}));
    }
    flush();
  }

  private synchronized void enqueue(Delivery delivery) {
    if (waiting.size() == MOST_WAITING) {
      waiting.removeFirst();
      lost++;
    }
    waiting.addLast(delivery);
  }

  private synchronized void flush() {
    if (impatient && !held && links.isEmpty()) {
      lost += waiting.size();
      waiting.clear();
    }
    while (!held && !waiting.isEmpty() && !links.isEmpty()) {
      send(waiting.removeFirst());
    }
  }

  /** Delivers a command or an interaction, once, and tells what came of it. */
  void ask(String type, ObjectNode payload, Consumer<Outcome> outcome) {
    boolean absent;
    synchronized (this) {
      absent = links.isEmpty();
      if (!absent) {
        send(new Delivery(type, payload, 0, "", outcome));
      }
    }
    if (absent) {
      outcome.accept(new Outcome.Absence());
    }
  }

  private void send(Delivery delivery) {
    String id = UUID.randomUUID().toString();
    Timer.Task deadline = timer.after(timing.acknowledge(), () -> late(id));
    unacknowledged.put(id, new Sent(delivery, deadline, System.nanoTime()));
    next().send(delivery.envelope(id));
  }

  /** The next connection in turn; a frozen one only when there is no other. */
  private Link next() {
    List<Link> alive = links.stream().filter(Link::alive).toList();
    List<Link> choice = alive.isEmpty() ? links : alive;
    turn = (turn + 1) % choice.size();
    return choice.get(turn);
  }

  private void late(String id) {
    Optional<Sent> sent = take(id);
    sent.map(Sent::delivery)
        .ifPresent(delivery -> {
          if (delivery.type().equals(EVENT)) {
            retry(delivery);
          } else {
            delivery.outcome().accept(new Outcome.Silence());
          }
        });
  }

  private void retry(Delivery delivery) {
    if (delivery.attempt() == timing.retries().size()) {
      synchronized (this) {
        lost++;
      }
      return;
    }
    timer.after(
        timing.retries().get(delivery.attempt()),
        () -> {
          enqueue(delivery.again("timeout"));
          flush();
        });
  }

  /** An acknowledgement arrived; one that is late or unknown changes nothing. */
  void acknowledged(String envelope, JsonNode payload) {
    take(envelope)
        .ifPresent(sent -> {
          sent.deadline().cancel();
          acknowledgements.accept(Duration.ofNanos(System.nanoTime() - sent.at()));
          sent.delivery().outcome().accept(new Outcome.Acknowledged(payload));
        });
  }

  private synchronized Optional<Sent> take(String envelope) {
    return Optional.ofNullable(unacknowledged.remove(envelope));
  }

  /** Hears how long each acknowledgement took. */
  void onAcknowledgement(Consumer<Duration> listener) {
    acknowledgements = listener;
  }

  /** From now on nothing waits for a connection, as if each retry of Slack's had been in vain. */
  void giveUp() {
    synchronized (this) {
      impatient = true;
    }
    flush();
  }

  /** How many deliveries wait for their acknowledgement, for a connection or for release. */
  synchronized int pending() {
    return unacknowledged.size() + waiting.size();
  }

  /** How many events were given up, after all retries or for want of room. */
  synchronized long lost() {
    return lost;
  }

  /** Asks every connection to be replaced, and closes it 10 seconds later. */
  void disconnect(String reason) {
    for (Link link : present()) {
      link.send(farewell(reason));
      timer.after(LEAVING, link::close);
    }
  }

  private static ObjectNode farewell(String reason) {
    return Json.object(
        "type", "disconnect", "reason", reason, "debug_info", Json.object("host", "sandbox"));
  }

  private synchronized List<Link> present() {
    return List.copyOf(links);
  }

  @Override
  public int open() {
    return (int) present().stream().filter(Link::alive).count();
  }

  @Override
  public void drop() {
    present().forEach(Link::drop);
  }

  @Override
  public void freeze() {
    present().forEach(Link::freeze);
  }

  @Override
  public synchronized void hold() {
    held = true;
  }

  @Override
  public void release() {
    synchronized (this) {
      held = false;
    }
    flush();
  }

  @Override
  public void redeliver() {
    synchronized (this) {
      last.ifPresent(payload -> enqueue(new Delivery(EVENT, payload, 1, "timeout", _ -> {})));
    }
    flush();
  }
}
