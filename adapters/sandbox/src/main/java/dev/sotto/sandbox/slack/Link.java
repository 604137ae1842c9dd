package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * One Socket Mode connection. It asks for each frame itself, so that a frozen one reads nothing
 * more and answers no ping. Public because Jetty calls it by reflection.
 */
public final class Link implements Session.Listener {
  private final SocketMode mode;
  private volatile Optional<Session> session = Optional.empty();
  private volatile boolean frozen;

  Link(SocketMode mode) {
    this.mode = mode;
  }

  boolean alive() {
    return !frozen && session.filter(Session::isOpen).isPresent();
  }

  void send(ObjectNode message) {
    if (!frozen) {
      session.ifPresent(open -> open.sendText(message.toString(), Callback.NOOP));
    }
  }

  void close() {
    session.ifPresent(open -> open.close(1000, "", Callback.NOOP));
  }

  void drop() {
    mode.left(this);
    session.ifPresent(Session::disconnect);
  }

  void freeze() {
    frozen = true;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = Optional.of(opened);
    mode.joined(this);
    opened.demand();
  }

  @Override
  public void onWebSocketText(String text) {
    if (frozen) {
      return;
    }
    Json.parse(text)
        .ifPresent(message ->
            mode.acknowledged(message.path("envelope_id").asText(), message.path("payload")));
    more();
  }

  @Override
  public void onWebSocketPing(ByteBuffer payload) {
    if (!frozen) {
      session.ifPresent(open -> open.sendPong(payload, Callback.NOOP));
      more();
    }
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    more();
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    more();
  }

  private void more() {
    if (!frozen) {
      session.ifPresent(Session::demand);
    }
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    mode.left(this);
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback callback) {
    mode.left(this);
    callback.succeed();
  }
}
