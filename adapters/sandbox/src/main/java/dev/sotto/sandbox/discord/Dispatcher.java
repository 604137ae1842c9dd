package dev.sotto.sandbox.discord;

import dev.sotto.sandbox.side.Sockets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Carries events to the sessions that want them, in the order in which they happened. Sessions
 * whose client is away are kept for 5 minutes, at most 64 of them.
 */
final class Dispatcher implements Sockets {
  private static final int MOST_SESSIONS = 64;
  private static final int MOST_HELD = 1_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final Guild guild;
  private final Map<String, GatewaySession> sessions = new LinkedHashMap<>();
  private final Deque<Event> held = new ArrayDeque<>();
  private final Map<GatewaySession, String> last = new LinkedHashMap<>();
  private boolean holding;

  Dispatcher(Guild guild) {
    this.guild = guild;
  }

  /**
   * Something that happened.
   *
   * @param intents any of these bits wants it, {@link Intents#ALWAYS} goes to everyone
   * @param data as a client with all rights reads it
   * @param reduced as a client reads it that did not ask for the content of messages
   */
  record Event(String type, long intents, boolean direct, String data, Supplier<String> reduced) {
    static Event of(String type, long intents, boolean direct, Object data) {
      String text = data.toString();
      return new Event(type, intents, direct, text, () -> text);
    }

    @Override
    public String toString() {
      return "Event[" + type + "]";
    }
  }

  void dispatch(Event event) {
    if (!holding) {
      deliver(event);
      return;
    }
    held.add(event);
    if (held.size() > MOST_HELD) {
      held.removeFirst();
    }
  }

  private void deliver(Event event) {
    for (GatewaySession session : sessions.values()) {
      GatewaySession.Identity client = session.identity();
      if (client.wants(event.intents()) && client.serves(event.direct(), guild.id())) {
        boolean all = client.wants(Intents.MESSAGE_CONTENT);
        String data = all ? event.data() : event.reduced().get();
        last.put(session, session.dispatch(event.type(), data));
      }
    }
  }

  void add(GatewaySession session) {
    forgetTheOld();
    sessions.put(session.id(), session);
  }

  private void forgetTheOld() {
    var since = guild.now().minus(REMEMBERED);
    List<GatewaySession> away =
        sessions.values().stream().filter(session -> session.socket().isEmpty()).toList();
    for (GatewaySession session : away) {
      if (session.lastSeen().isBefore(since) || sessions.size() >= MOST_SESSIONS) {
        forget(session);
      }
    }
  }

  void forget(GatewaySession session) {
    sessions.remove(session.id());
    last.remove(session);
  }

  Optional<GatewaySession> session(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  /** The connections that carry a session now. */
  List<GatewaySocket> connected() {
    synchronized (guild) {
      return sessions.values().stream()
          .flatMap(session -> session.socket().stream())
          .filter(socket -> !socket.frozen())
          .toList();
    }
  }

  /** How many clients serve a shard now. */
  int connected(int shard) {
    synchronized (guild) {
      return Math.toIntExact(
          sessions.values().stream()
              .filter(session -> session.identity().shard() == shard)
              .filter(session -> session.socket().filter(socket -> !socket.frozen()).isPresent())
              .count());
    }
  }

  /** Forgets every session, so that none can be resumed. */
  void forgetAll() {
    synchronized (guild) {
      sessions.clear();
      last.clear();
    }
  }

  @Override
  public int open() {
    return connected().size();
  }

  @Override
  public void drop() {
    connected().forEach(GatewaySocket::cut);
  }

  @Override
  public void freeze() {
    connected().forEach(GatewaySocket::freeze);
  }

  @Override
  public void hold() {
    synchronized (guild) {
      holding = true;
    }
  }

  @Override
  public void release() {
    synchronized (guild) {
      holding = false;
      held.forEach(this::deliver);
      held.clear();
    }
  }

  @Override
  public void redeliver() {
    synchronized (guild) {
      last.forEach(
          (session, payload) -> session.socket().ifPresent(socket -> socket.send(payload)));
    }
  }
}
