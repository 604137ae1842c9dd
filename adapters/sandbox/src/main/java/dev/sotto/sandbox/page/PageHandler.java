package dev.sotto.sandbox.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Exchange;
import dev.sotto.sandbox.side.Side;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * The page's addresses: its files without a key; with the key, {@code GET /page/sides} and {@code
 * /page/view}, {@code POST /page/act}, and the WebSocket {@code /page/live}, which takes the key as
 * its second subprotocol because browsers can set nothing else there.
 */
final class PageHandler extends Handler.Abstract {
  static final String KEY_HEADER = "X-Page-Key";
  static final String PROTOCOL = "sotto.page";
  private static final String NO_KEY = "open the page by the address printed at the start";

  private final Door door;
  private final List<Side> sides;
  private final Optional<Disk> disk;
  private final Acts acts;
  private final Assets assets = new Assets();
  private final ServerWebSocketContainer sockets;

  PageHandler(Door door, List<Side> sides, Optional<Disk> disk, ServerWebSocketContainer sockets) {
    this.door = door;
    this.sides = sides;
    this.disk = disk;
    this.sockets = sockets;
    acts = new Acts(sides);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = new Exchange(request, response, callback);
    String path = exchange.path();
    boolean call = path.startsWith("/page/");
    if (!call && !path.equals("/") && !path.startsWith("/ui/")) {
      return false;
    }
    if (!door.isOurs(request)) {
      exchange.answer(403, refusal("the page is for this machine only"));
      return true;
    }
    if (path.equals("/page/live")) {
      return live(exchange, request, response, callback);
    }
    if (call) {
      answer(exchange);
      return true;
    }
    return assets.answer(exchange);
  }

  private boolean live(Exchange exchange, Request request, Response response, Callback callback) {
    List<String> offered =
        List.of(exchange.header("Sec-WebSocket-Protocol").orElse("").split(", *", 3));
    if (offered.size() != 2 || !door.opens(offered.getLast())) {
      exchange.answer(403, refusal(NO_KEY));
      return true;
    }
    return sockets.upgrade(
        (_, upgrade, _) -> {
          upgrade.setAcceptedSubProtocol(PROTOCOL);
          return new Window(sides, disk);
        },
        request,
        response,
        callback);
  }

  private void answer(Exchange exchange) {
    if (!door.opens(exchange.header(KEY_HEADER).orElse(""))) {
      exchange.answer(403, refusal(NO_KEY));
      return;
    }
    try {
      exchange.with("Cache-Control", "no-store");
      switch (exchange.method() + " " + exchange.path()) {
        case "GET /page/sides" -> exchange.answer(200, sides());
        case "GET /page/view" -> exchange.answer(200, view(exchange));
        case "POST /page/act" -> exchange.answer(200, act(exchange));
        default -> exchange.answer(404, refusal("there is nothing here"));
      }
    } catch (IllegalArgumentException e) {
      exchange.answer(400, refusal(Optional.ofNullable(e.getMessage()).orElse("refused")));
    }
  }

  private ObjectNode sides() {
    ObjectNode all = Json.object().put("disk", disk.isPresent());
    ArrayNode list = all.putArray("sides");
    for (Side side : sides) {
      ArrayNode people = list.addObject().put("name", side.name()).putArray("people");
      side.people().forEach(person -> people.add(Json.tree(person)));
    }
    return all;
  }

  private ObjectNode view(Exchange exchange) {
    Side side = acts.side(exchange.query().getOrDefault("side", ""));
    return Shown.of(side, exchange.query().getOrDefault("person", ""));
  }

  /** The body is a line of JSON; what follows the line is the file. */
  private ObjectNode act(Exchange exchange) {
    byte[] body = exchange.body();
    int end = 0;
    while (end < body.length && body[end] != '\n') {
      end++;
    }
    Act act = Json.read(new String(body, 0, end, StandardCharsets.UTF_8), Act.class);
    return acts.perform(act, Arrays.copyOfRange(body, Math.min(end + 1, body.length), body.length));
  }

  private static ObjectNode refusal(String line) {
    return Json.object().put("error", line);
  }
}
