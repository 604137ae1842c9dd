package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.zip.Deflater;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection of the Gateway: frames in order, and one stream of compression through
 * all of them where the client asked for it. A client that lets 20,000 payloads pile up is cut off.
 * Public only because Jetty calls it by reflection.
 */
public final class GatewaySocket implements Session.Listener.AutoDemanding {
  private static final int MOST_WAITING = 20_000;
  private static final int MOST_BYTES_IN = 4_096;
  private static final int MOST_PER_MINUTE = 120;
  private static final long MINUTE = 60_000;

  private final Gateway gateway;
  private final @Nullable Deflater deflater;
  private final Deque<BiConsumer<Session, Callback>> waiting = new ArrayDeque<>();
  private final Outgoing outgoing = new Outgoing();
  private volatile Optional<Session> connection = Optional.empty();
  private Optional<GatewaySession> session = Optional.empty();
  private volatile boolean frozen;
  private long lastBeat;
  private long minuteStart;
  private int received;

  GatewaySocket(Gateway gateway, boolean compressed, long now) {
    this.gateway = gateway;
    deflater = compressed ? new Deflater() : null;
    lastBeat = now;
  }

  /** The session that this connection carries, once the client said who it is. */
  Optional<GatewaySession> session() {
    return session;
  }

  void carry(GatewaySession begun) {
    session = Optional.of(begun);
  }

  void beat(long now) {
    lastBeat = now;
  }

  long lastBeat() {
    return lastBeat;
  }

  boolean frozen() {
    return frozen;
  }

  /** Hears, answers and sends nothing any more. */
  void freeze() {
    frozen = true;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    connection = Optional.of(opened);
    gateway.opened(this);
  }

  @Override
  public void onWebSocketText(String text) {
    if (frozen) {
      return;
    }
    if (text.length() > MOST_BYTES_IN) {
      close(CloseCode.DECODE_ERROR);
    } else if (tooMany()) {
      close(CloseCode.RATE_LIMITED);
    } else {
      read(text).ifPresentOrElse(this::receive, () -> close(CloseCode.DECODE_ERROR));
    }
  }

  private void receive(JsonNode payload) {
    gateway.received(this, payload);
  }

  private static Optional<JsonNode> read(String text) {
    try {
      return Optional.of(Json.read(text.getBytes(StandardCharsets.UTF_8)))
          .filter(JsonNode::isObject);
    } catch (ApiError _) {
      return Optional.empty();
    }
  }

  private boolean tooMany() {
    long now = gateway.millis();
    if (now - minuteStart > MINUTE) {
      minuteStart = now;
      received = 0;
    }
    received++;
    return received > MOST_PER_MINUTE;
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    // Connections are cut on purpose here; the close that follows tells all there is to tell.
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback done) {
    gateway.closed(this, status);
    endCompression();
    done.succeed();
  }

  /** Sends a payload after those before it. */
  void send(String payload) {
    if (enqueue(payload)) {
      outgoing.iterate();
    } else {
      cut();
    }
  }

  /** False if too much waits. Compressed here, so that the stream has the order of the queue. */
  private synchronized boolean enqueue(String payload) {
    if (frozen) {
      return true;
    }
    if (deflater == null) {
      waiting.add((to, sent) -> to.sendText(payload, sent));
    } else {
      ByteBuffer frame = compress(deflater, payload);
      waiting.add((to, sent) -> to.sendBinary(frame, sent));
    }
    return waiting.size() <= MOST_WAITING;
  }

  /** Ends the connection after what was sent before. */
  void close(CloseCode code) {
    synchronized (this) {
      waiting.add((to, sent) -> to.close(code.number(), code.reason(), sent));
    }
    outgoing.iterate();
  }

  /** Ends the connection at once, without a closing handshake. */
  void cut() {
    connection.ifPresent(Session::disconnect);
  }

  private synchronized Optional<BiConsumer<Session, Callback>> next() {
    return Optional.ofNullable(waiting.poll());
  }

  private static ByteBuffer compress(Deflater deflater, String payload) {
    deflater.setInput(payload.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    byte[] chunk = new byte[8_192];
    int length = chunk.length;
    while (length == chunk.length) {
      length = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
      compressed.write(chunk, 0, length);
    }
    return ByteBuffer.wrap(compressed.toByteArray());
  }

  private synchronized void endCompression() {
    frozen = true;
    if (deflater != null) {
      deflater.end();
    }
  }

  /** Writes one frame after the other. */
  private final class Outgoing extends IteratingCallback {
    @Override
    protected Action process() {
      Optional<BiConsumer<Session, Callback>> frame = next();
      if (frame.isEmpty() || connection.isEmpty()) {
        return Action.IDLE;
      }
      frame.get().accept(connection.get(), Callback.from(this::succeeded, this::failed));
      return Action.SCHEDULED;
    }
  }
}
