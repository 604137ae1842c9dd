package dev.sotto.sandbox.discord;

import dev.sotto.sandbox.side.Exchange;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** Sorts requests by their path: REST, Gateway, files. What is not Discord's is left to others. */
final class Entrance extends Handler.Abstract {
  private final Guild guild;
  private final RestApi rest;
  private final Gateway gateway;
  private final ServerWebSocketContainer sockets;

  Entrance(Guild guild, RestApi rest, Gateway gateway, ServerWebSocketContainer sockets) {
    this.guild = guild;
    this.rest = rest;
    this.gateway = gateway;
    this.sockets = sockets;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = new Exchange(request, response, callback);
    String path = exchange.path();
    if (path.startsWith(RestApi.PATH + "/")) {
      rest.handle(exchange);
      return true;
    }
    if (path.startsWith(Attachment.PATH)) {
      fetch(exchange);
      return true;
    }
    boolean connects = path.equals(Gateway.PATH) || path.equals(Gateway.PATH + "/");
    return connects
        && sockets.upgrade(
            (_, _, _) -> gateway.socket(exchange.query()), request, response, callback);
  }

  /** As the content network does: the signature in the address is the only proof. */
  private void fetch(Exchange exchange) {
    List<String> parts = List.of(exchange.path().split("/", -1));
    Optional<Attachment> file;
    synchronized (guild) {
      file = parts.size() < 4 ? Optional.empty() : Json.id(parts.get(3)).flatMap(guild::file);
    }
    file.filter(it -> it.signature().equals(exchange.query().get("hm")))
        .ifPresentOrElse(
            it -> exchange.answer(200, it.contentType(), it.bytes()), () -> exchange.answer(404));
  }
}
