package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.discord.RestCall.Answer;

/** Who the bot is, where the Gateway is, and what the guild is made of. */
final class GuildRoutes {
  private final Guild guild;
  private final Shapes shapes;
  private final Access access;
  private final Rules rules;
  private final Gateway gateway;

  GuildRoutes(Guild guild, Shapes shapes, Access access, Rules rules, Gateway gateway) {
    this.guild = guild;
    this.shapes = shapes;
    this.access = access;
    this.rules = rules;
    this.gateway = gateway;
  }

  void addTo(Routes routes) {
    routes
        .add("GET /users/@me", _ -> Answer.ok(shapes.self()))
        .add("GET /users/@me/guilds", _ -> Answer.ok(Json.array().add(shapes.guildSettings())))
        .add("GET /users/{user}", this::user)
        .add("GET /gateway", _ -> Answer.ok(Json.object().put("url", gateway.address())))
        .add("GET /gateway/bot", _ -> gatewayForBots())
        .add("GET /applications/@me", _ -> application())
        .add("GET /oauth2/applications/@me", _ -> application())
        .add("GET /guilds/{guild}", this::guild)
        .add("GET /guilds/{guild}/channels", this::channels)
        .add("GET /guilds/{guild}/roles", this::roles)
        .add("GET /guilds/{guild}/members/{user}", this::member)
        .add("GET /guilds/{guild}/threads/active", this::activeThreads);
  }

  private Answer user(RestCall call) {
    return Answer.ok(shapes.user(access.account(call, ApiError.Problem.UNKNOWN_USER)));
  }

  private Answer gatewayForBots() {
    ObjectNode answer =
        Json.object().put("url", gateway.address()).put("shards", rules.starts().shards());
    answer
        .putObject("session_start_limit")
        .put("total", Rules.Starts.A_DAY)
        .put("remaining", gateway.starts().remaining())
        .put("reset_after", Starts.DAY.toMillis())
        .put("max_concurrency", rules.starts().atOnce());
    return Answer.ok(answer);
  }

  private Answer application() {
    ObjectNode application =
        Json.object()
            .put("id", Shapes.text(guild.application()))
            .put("name", guild.bot().displayName())
            .put("description", "")
            .put("bot_public", true)
            .put("bot_require_code_grant", false)
            .put("verify_key", "0".repeat(64))
            .put("flags", rules.applicationFlags())
            .put("approximate_guild_count", 1)
            .put("approximate_user_install_count", 0)
            .put("hook", true)
            .put("summary", "")
            .putNull("icon")
            .putNull("team")
            .putNull("type");
    application.putArray("tags");
    application.putArray("redirect_uris");
    application.set("bot", shapes.self());
    application.set("owner", shapes.user(guild.owner()));
    application.putObject("integration_types_config").putObject("0");
    return Answer.ok(application);
  }

  private Answer guild(RestCall call) {
    access.requireGuild(call);
    return Answer.ok(shapes.guildSettings());
  }

  private Answer channels(RestCall call) {
    access.requireGuild(call);
    return Answer.ok(Json.array(guild.channels(Channel.Kind.TEXT).map(shapes::channel)));
  }

  private Answer roles(RestCall call) {
    access.requireGuild(call);
    return Answer.ok(shapes.roles());
  }

  private Answer member(RestCall call) {
    access.requireGuild(call);
    return Answer.ok(shapes.member(access.account(call, ApiError.Problem.UNKNOWN_MEMBER)));
  }

  private Answer activeThreads(RestCall call) {
    access.requireGuild(call);
    ObjectNode answer = Json.object();
    answer.set("threads", shapes.activeThreads());
    answer.set("members", shapes.ownMemberships());
    return Answer.ok(answer);
  }
}
