package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Call;
import dev.sotto.sandbox.side.Exchange;
import dev.sotto.sandbox.side.Upload;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** The paths: methods, sockets, files, and the addresses for responses. */
final class SlackHttp extends Handler.Abstract {
  private final WebApi api;
  private final SocketMode sockets;
  private final Responses responses;
  private final Workspace workspace;
  private final Grants grants;
  private final ServerWebSocketContainer container;

  SlackHttp(Parts parts, Workspace workspace, Grants grants, ServerWebSocketContainer container) {
    this.api = parts.api();
    this.sockets = parts.sockets();
    this.responses = parts.responses();
    this.workspace = workspace;
    this.grants = grants;
    this.container = container;
  }

  /** What answers. */
  record Parts(WebApi api, SocketMode sockets, Responses responses) {}

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = new Exchange(request, response, callback);
    String[] path = exchange.path().substring(1).split("/", 2);
    String rest = path.length > 1 ? path[1] : "";
    switch (path[0]) {
      case "api" -> {
        if (!rest.matches("[a-zA-Z]+(\\.[a-zA-Z]+)+")) {
          return false;
        }
        api.serve(rest, exchange);
      }
      case "link" -> connect(request, response, callback, exchange);
      case "commands" -> respond(rest, exchange);
      case "upload" -> receive(rest, exchange);
      case "files-pri" -> send(rest, exchange);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void connect(Request request, Response response, Callback callback, Exchange exchange) {
    boolean admitted = sockets.admits(exchange.query().getOrDefault("ticket", ""));
    if (!admitted
        || !container.upgrade((_, _, _) -> new Link(sockets), request, response, callback)) {
      exchange.answer(403);
    }
  }

  private void respond(String rest, Exchange exchange) {
    JsonNode body =
        Json.parse(new String(exchange.body(), StandardCharsets.UTF_8)).orElseGet(Json::object);
    String secret = rest.substring(rest.lastIndexOf('/') + 1);
    api.meet(
        exchange,
        new Call("response_url", Map.of("body", body.toString()), workspace.ids().now()),
        () -> attempt(secret, body));
  }

  private ObjectNode attempt(String secret, JsonNode body) {
    try {
      return responses.respond(secret, body);
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }

  private void receive(String rest, Exchange exchange) {
    String id = rest.substring(rest.lastIndexOf('/') + 1);
    byte[] body = exchange.body();
    api.meet(
        exchange,
        new Call("files.upload", Map.of("file", id), workspace.ids().now()),
        () -> Json.object("ok", workspace.files().arrive(id, body)));
  }

  /** A file for the bot; anyone else is sent to a page for signing in. */
  private void send(String rest, Exchange exchange) {
    if (!exchange.authorization().equals(Optional.of("Bearer " + grants.botToken()))) {
      exchange.with("Location", workspace.server() + "/signin").answer(302);
      return;
    }
    String id = rest.split("/", 2)[0].replace(Team.ID + "-", "");
    try {
      Upload file = workspace.files().file(id).upload();
      exchange.answer(200, file.type(), file.content());
    } catch (Refusal _) {
      exchange.answer(404);
    }
  }
}
