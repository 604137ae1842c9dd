package dev.sotto.sandbox.discord;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the Gateway remembers of one client between its connections: the numbered events, so that a
 * client that comes back hears what it missed. Keeps the last 5,000.
 */
final class GatewaySession {
  private static final int MOST_KEPT = 5_000;

  private final String id;
  private final Identity identity;
  private final Deque<Sent> kept = new ArrayDeque<>();
  private Optional<GatewaySocket> socket;
  private Instant lastSeen;
  private long sequence;

  GatewaySession(String id, Identity identity, GatewaySocket socket, Instant now) {
    this.id = id;
    this.identity = identity;
    this.socket = Optional.of(socket);
    lastSeen = now;
  }

  /** What a client told of itself. */
  record Identity(long intents, int shard, int shards) {
    boolean wants(long intent) {
      return intent == Intents.ALWAYS || (intents & intent) != 0;
    }

    /** Direct messages belong to the first shard. */
    boolean serves(boolean direct, long guild) {
      return direct ? shard == 0 : (guild >>> 22) % shards == shard;
    }
  }

  private record Sent(long sequence, String payload) {}

  String id() {
    return id;
  }

  Identity identity() {
    return identity;
  }

  Optional<GatewaySocket> socket() {
    return socket;
  }

  Instant lastSeen() {
    return lastSeen;
  }

  /** Numbers the event, keeps it, and sends it if the client is there. */
  String dispatch(String type, String data) {
    sequence++;
    String payload = "{\"op\":0,\"s\":" + sequence + ",\"t\":\"" + type + "\",\"d\":" + data + "}";
    kept.add(new Sent(sequence, payload));
    if (kept.size() > MOST_KEPT) {
      kept.removeFirst();
    }
    socket.ifPresent(open -> open.send(payload));
    return payload;
  }

  /** What happened after an event; nothing if too much did, or if that event never was. */
  Optional<List<String>> after(long lastHeard) {
    boolean whole = lastHeard + kept.size() >= sequence;
    if (isAhead(lastHeard) || !whole) {
      return Optional.empty();
    }
    return Optional.of(
        kept.stream().filter(sent -> sent.sequence() > lastHeard).map(Sent::payload).toList());
  }

  /** Whether a client claims to have heard what never was. */
  boolean isAhead(long heard) {
    return heard > sequence;
  }

  void attach(GatewaySocket opened) {
    socket = Optional.of(opened);
  }

  void detach(Instant now) {
    socket = Optional.empty();
    lastSeen = now;
  }
}
