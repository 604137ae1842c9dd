package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.View;
import java.util.stream.Stream;

/** {@code auth.*}, {@code apps.*}, {@code users.*}, {@code bots.*}: who is who. */
final class PeopleMethods {
  private final Workspace workspace;
  private final SocketMode sockets;

  PeopleMethods(Workspace workspace, SocketMode sockets) {
    this.workspace = workspace;
    this.sockets = sockets;
  }

  Stream<Method> all() {
    return Stream.of(
        new Method("auth.test", Grants.Token.EITHER, "", this::test),
        new Method("apps.connections.open", Grants.Token.APP, "", this::connect),
        Method.bot("users.info", "users:read", this::user),
        Method.bot("bots.info", "users:read", this::bot));
  }

  private ObjectNode test(Args args) {
    return Json.ok(
        "url", workspace.server() + "/",
        "team", Team.NAME,
        "user", Team.SOTTO.name(),
        "team_id", Team.ID,
        "user_id", Team.BOT,
        "bot_id", Team.BOT_ID,
        "is_enterprise_install", false);
  }

  private ObjectNode connect(Args args) {
    String address = workspace.server().toString().replaceFirst("^https", "wss");
    return Json.ok("url", address + "/link/?ticket=" + sockets.ticket() + "&app_id=" + Team.APP);
  }

  private ObjectNode user(Args args) {
    View.Person person =
        Team.find(args.required("user")).orElseThrow(() -> new Refusal("user_not_found"));
    return Json.ok(
        "user",
        Json.object(
            "id",
            person.id(),
            "team_id",
            Team.ID,
            "name",
            person.name(),
            "real_name",
            person.name(),
            "deleted",
            false,
            "tz",
            "Europe/Berlin",
            "tz_offset",
            3_600,
            "is_admin",
            person.admin(),
            "is_owner",
            person.admin(),
            "is_primary_owner",
            false,
            "is_restricted",
            false,
            "is_ultra_restricted",
            false,
            "is_bot",
            person.bot(),
            "profile",
            Json.object("display_name", person.name(), "real_name", person.name())));
  }

  private ObjectNode bot(Args args) {
    if (!args.required("bot").equals(Team.BOT_ID)) {
      throw new Refusal("bot_not_found");
    }
    return Json.ok(
        "bot",
        Json.object(
            "id", Team.BOT_ID,
            "app_id", Team.APP,
            "user_id", Team.BOT,
            "name", Team.SOTTO.name(),
            "deleted", false));
  }
}
