package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The Gateway's side of the conversation with each connected client. */
final class Gateway {
  static final String PATH = "/gateway";
  private static final int MOST_CHUNK = 1_000;

  private final Guild guild;
  private final Shapes shapes;
  private final Rules rules;
  private final Dispatcher dispatcher;
  private final Supplier<String> url;
  private final String token;
  private final Starts starts;
  private final List<GatewaySocket> open = new CopyOnWriteArrayList<>();

  Gateway(Server server, Rules rules, Dispatcher dispatcher) {
    guild = server.guild();
    shapes = server.shapes();
    url = server.url();
    token = server.token();
    this.rules = rules;
    this.dispatcher = dispatcher;
    starts = new Starts(rules.starts());
  }

  /** Cuts off clients that do not send heartbeats, as long as the timer runs. */
  void watch(Timer timer) {
    timer.after(
        rules.heartbeat().dividedBy(4),
        () -> {
          cutOffTheSilent();
          watch(timer);
        });
  }

  /** What the Gateway has to know of the server around it. */
  record Server(Guild guild, Shapes shapes, Supplier<String> url, String token) {
    @Override
    public String toString() {
      return "Server";
    }
  }

  /** The address that clients connect to. */
  String address() {
    return url.get().replaceFirst("https", "wss") + PATH;
  }

  Starts starts() {
    return starts;
  }

  GatewaySocket socket(Map<String, String> query) {
    return new GatewaySocket(this, "zlib-stream".equals(query.get("compress")), millis());
  }

  long millis() {
    return guild.now().toEpochMilli();
  }

  void opened(GatewaySocket socket) {
    open.add(socket);
    ObjectNode hello = Json.object().put("heartbeat_interval", rules.heartbeat().toMillis());
    hello.putArray("_trace");
    send(socket, 10, hello);
  }

  void closed(GatewaySocket socket, int status) {
    open.remove(socket);
    synchronized (guild) {
      socket
          .session()
          .filter(session -> session.socket().filter(socket::equals).isPresent())
          .ifPresent(session -> leave(session, status));
    }
  }

  /** A client that says goodbye properly does not come back to its session. */
  private void leave(GatewaySession session, int status) {
    session.detach(guild.now());
    if (status == 1000 || status == 1001) {
      dispatcher.forget(session);
    }
  }

  void received(GatewaySocket socket, JsonNode payload) {
    JsonNode data = payload.path("d");
    synchronized (guild) {
      switch (payload.path("op").asInt(-1)) {
        case 1 -> heartbeat(socket);
        case 2 -> identify(socket, data);
        case 6 -> resume(socket, data);
        case 3, 4 -> requireSession(socket);
        case 8 -> members(socket, data);
        default -> socket.close(CloseCode.UNKNOWN_OPCODE);
      }
    }
  }

  private void heartbeat(GatewaySocket socket) {
    socket.beat(millis());
    socket.send("{\"op\":11}");
  }

  private void identify(GatewaySocket socket, JsonNode data) {
    GatewaySession.Identity identity =
        new GatewaySession.Identity(
            data.path("intents").asLong(),
            data.path("shard").path(0).asInt(0),
            data.path("shard").path(1).asInt(1));
    if (socket.session().isPresent()) {
      socket.close(CloseCode.ALREADY_AUTHENTICATED);
    } else if (!token.equals(Json.text(data, "token"))) {
      socket.close(CloseCode.AUTHENTICATION_FAILED);
    } else if (identity.shard() < 0 || identity.shard() >= identity.shards()) {
      socket.close(CloseCode.INVALID_SHARD);
    } else if (Intents.unknown(identity.intents()) || !data.path("intents").isIntegralNumber()) {
      socket.close(CloseCode.INVALID_INTENTS);
    } else if (Intents.disallowed(identity.intents(), rules.messageContent())) {
      socket.close(CloseCode.DISALLOWED_INTENTS);
    } else if (starts.mayBegin(identity, guild.now())) {
      welcome(socket, identity);
    } else {
      send(socket, 9, BooleanNode.FALSE);
    }
  }

  private void welcome(GatewaySocket socket, GatewaySession.Identity identity) {
    String id = UUID.randomUUID().toString().replace("-", "");
    GatewaySession session = new GatewaySession(id, identity, socket, guild.now());
    socket.carry(session);
    dispatcher.add(session);
    session.dispatch("READY", ready(session).toString());
    if (identity.wants(Intents.GUILDS) && identity.serves(false, guild.id())) {
      session.dispatch("GUILD_CREATE", shapes.guild().toString());
    }
  }

  private ObjectNode ready(GatewaySession session) {
    GatewaySession.Identity identity = session.identity();
    ObjectNode ready =
        Json.object()
            .put("v", 10)
            .put("session_id", session.id())
            .put("session_type", "normal")
            .put("resume_gateway_url", address());
    ready.set("user", shapes.self());
    ready.putObject("user_settings");
    if (identity.serves(false, guild.id())) {
      ready
          .putArray("guilds")
          .addObject()
          .put("id", Shapes.text(guild.id()))
          .put("unavailable", true);
    } else {
      ready.putArray("guilds");
    }
    ready.putArray("shard").add(identity.shard()).add(identity.shards());
    ready
        .putObject("application")
        .put("id", Shapes.text(guild.application()))
        .put("flags", rules.applicationFlags());
    for (String none :
        List.of("private_channels", "presences", "relationships", "guild_join_requests")) {
      ready.putArray(none);
    }
    ready.putArray("geo_ordered_rtc_regions").add("rotterdam");
    ready.putObject("auth");
    ready.putArray("_trace").add("[\"sandbox\",{\"micros\":0}]");
    return ready;
  }

  private void resume(GatewaySocket socket, JsonNode data) {
    Optional<GatewaySession> known = dispatcher.session(Json.text(data, "session_id"));
    long heard = data.path("seq").asLong(0);
    Optional<List<String>> missed = known.flatMap(session -> session.after(heard));
    if (!token.equals(Json.text(data, "token"))) {
      socket.close(CloseCode.AUTHENTICATION_FAILED);
    } else if (known.filter(session -> session.isAhead(heard)).isPresent()) {
      socket.close(CloseCode.INVALID_SEQUENCE);
    } else if (known.isEmpty() || missed.isEmpty()) {
      send(socket, 9, BooleanNode.FALSE);
    } else {
      takeUp(known.get(), socket, missed.get());
    }
  }

  private static void takeUp(GatewaySession session, GatewaySocket socket, List<String> missed) {
    session.socket().ifPresent(old -> old.close(CloseCode.UNKNOWN_ERROR));
    socket.carry(session);
    session.attach(socket);
    missed.forEach(socket::send);
    session.dispatch("RESUMED", "{\"_trace\":[]}");
  }

  private void requireSession(GatewaySocket socket) {
    if (socket.session().isEmpty()) {
      socket.close(CloseCode.NOT_AUTHENTICATED);
    }
  }

  private void members(GatewaySocket socket, JsonNode wanted) {
    requireSession(socket);
    List<String> asked =
        new ArrayList<>(Json.each(wanted, "user_ids").map(JsonNode::asText).toList());
    if (wanted.path("user_ids").isValueNode()) {
      asked.add(wanted.path("user_ids").asText());
    }
    String start = Json.text(wanted, "query").toLowerCase(Locale.ROOT);
    var found =
        guild.accounts().stream()
            .filter(account ->
                asked.isEmpty()
                    ? account.username().startsWith(start)
                    : asked.contains(Shapes.text(account.id())))
            .limit(MOST_CHUNK)
            .map(shapes::member);
    ObjectNode chunk =
        Json.object()
            .put("guild_id", Shapes.text(guild.id()))
            .put("chunk_index", 0)
            .put("chunk_count", 1)
            .put("nonce", Json.text(wanted, "nonce"));
    chunk.set("members", Json.array(found));
    chunk.putArray("not_found");
    socket
        .session()
        .ifPresent(session -> session.dispatch("GUILD_MEMBERS_CHUNK", chunk.toString()));
  }

  /** Asks every client to reconnect and resume. */
  void askToReconnect() {
    dispatcher.connected().forEach(socket -> send(socket, 7, NullNode.getInstance()));
  }

  /** Tells every client that its session is no more, or no more on this connection. */
  void invalidate(boolean resumable) {
    List<GatewaySocket> sockets = dispatcher.connected();
    if (!resumable) {
      dispatcher.forgetAll();
    }
    sockets.forEach(socket -> send(socket, 9, BooleanNode.valueOf(resumable)));
  }

  /** Loses every session, and the connections with them. */
  void lose() {
    List<GatewaySocket> sockets = dispatcher.connected();
    dispatcher.forgetAll();
    sockets.forEach(GatewaySocket::cut);
  }

  /** Ends every connection with this code. */
  void close(CloseCode code) {
    dispatcher.connected().forEach(socket -> socket.close(code));
  }

  /** Cuts every connection, identified or not. */
  void cutAll() {
    open.forEach(GatewaySocket::cut);
  }

  private void cutOffTheSilent() {
    Duration patience = rules.heartbeat().plus(rules.heartbeat().dividedBy(2));
    long since = millis() - patience.toMillis();
    open.stream()
        .filter(socket -> !socket.frozen() && socket.lastBeat() < since)
        .forEach(socket -> socket.close(CloseCode.SESSION_TIMED_OUT));
  }

  private static void send(GatewaySocket socket, int operation, JsonNode data) {
    socket.send("{\"op\":" + operation + ",\"s\":null,\"t\":null,\"d\":" + data + "}");
  }
}
