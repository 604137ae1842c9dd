package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Accounts, roles, channels and the guild as JSON, as complete as Discord documents them. */
final class Shapes {
  static final String LOCALE = "en-US";
  private static final List<String> EMPTY_IN_THE_GUILD =
      List.of(
          "presences",
          "voice_states",
          "stage_instances",
          "guild_scheduled_events",
          "soundboard_sounds");
  private static final List<String> ZERO_OF_THE_GUILD =
      List.of(
          "verification_level",
          "default_message_notifications",
          "explicit_content_filter",
          "mfa_level",
          "nsfw_level",
          "premium_tier",
          "premium_subscription_count",
          "system_channel_flags");
  private static final List<String> NOT_OF_THE_GUILD =
      List.of(
          "icon",
          "splash",
          "discovery_splash",
          "banner",
          "description",
          "vanity_url_code",
          "afk_channel_id",
          "application_id",
          "system_channel_id",
          "rules_channel_id",
          "public_updates_channel_id",
          "safety_alerts_channel_id");
  private static final List<String> NOT_OF_A_USER =
      List.of(
          "avatar",
          "banner",
          "accent_color",
          "avatar_decoration_data",
          "collectibles",
          "primary_guild",
          "clan");

  private final Guild guild;

  Shapes(Guild guild) {
    this.guild = guild;
  }

  ObjectNode user(Account account) {
    var user =
        Json.object()
            .put("id", Long.toUnsignedString(account.id()))
            .put("username", account.username())
            .put("discriminator", "0")
            .put("global_name", account.displayName())
            .put("bot", account.bot())
            .put("system", false)
            .put("public_flags", 0);
    for (var absent : NOT_OF_A_USER) {
      user.putNull(absent);
    }
    return user;
  }

  /** The bot as it sees itself. */
  ObjectNode self() {
    return user(guild.bot())
        .put("mfa_enabled", true)
        .put("verified", true)
        .put("locale", LOCALE)
        .put("premium_type", 0)
        .put("flags", 0)
        .put("bio", "")
        .putNull("email");
  }

  /** What a message says of its author's place in the guild, without the account itself. */
  ObjectNode membership(Account account) {
    var member = Json.object();
    var roles = member.putArray("roles");
    if (account.administrator()) {
      roles.add(text(guild.administratorRole()));
    }
    return member
        .put("joined_at", Snowflakes.time(account.id()).toString())
        .put("deaf", false)
        .put("mute", false)
        .put("pending", false)
        .put("flags", 0)
        .putNull("nick")
        .putNull("avatar")
        .putNull("banner")
        .putNull("premium_since")
        .putNull("communication_disabled_until");
  }

  ObjectNode member(Account account) {
    return membership(account).set("user", user(account));
  }

  ObjectNode channel(Channel channel) {
    return switch (channel.kind()) {
      case TEXT -> textChannel(channel);
      case DIRECT -> direct(channel);
      case PUBLIC_THREAD, PRIVATE_THREAD -> thread(channel);
    };
  }

  private ObjectNode textChannel(Channel channel) {
    var shape = base(channel).put("guild_id", text(guild.id())).put("name", channel.name());
    var overwrites = shape.putArray("permission_overwrites");
    if (channel.denied() != 0) {
      overwrites
          .addObject()
          .put("id", text(guild.id()))
          .put("type", 0)
          .put("allow", "0")
          .put("deny", Long.toString(channel.denied()));
    }
    return shape
        .put("position", 0)
        .put("nsfw", false)
        .put("rate_limit_per_user", 0)
        .putNull("topic")
        .putNull("parent_id")
        .putNull("last_pin_timestamp");
  }

  private ObjectNode direct(Channel channel) {
    var shape = base(channel).putNull("last_pin_timestamp");
    shape.putArray("recipients").add(user(channel.owner()));
    return shape;
  }

  private ObjectNode thread(Channel thread) {
    var shape =
        base(thread)
            .put("guild_id", text(guild.id()))
            .put("parent_id", thread.parent().map(parent -> text(parent.id())).orElse(null))
            .put("owner_id", text(thread.owner().id()))
            .put("name", thread.name())
            .put("rate_limit_per_user", 0)
            .put("message_count", thread.posted())
            .put("total_message_sent", thread.posted())
            .put("member_count", Math.min(50, thread.members().size()))
            .putNull("last_pin_timestamp");
    shape.set("thread_metadata", metadata(thread));
    if (thread.members().containsKey(guild.bot())) {
      shape.set("member", threadMember(thread, guild.bot()));
    }
    return shape;
  }

  private static ObjectNode metadata(Channel thread) {
    var created = Snowflakes.time(thread.id()).toString();
    var metadata =
        Json.object()
            .put("archived", thread.archived())
            .put("locked", thread.locked())
            .put("archive_timestamp", created)
            .put("create_timestamp", created)
            .put("auto_archive_duration", thread.autoArchiveMinutes());
    return thread.kind() == Channel.Kind.PRIVATE_THREAD
        ? metadata.put("invitable", true)
        : metadata;
  }

  ObjectNode threadMember(Channel thread, Account account) {
    var joined = thread.members().getOrDefault(account, Snowflakes.time(thread.id()));
    return Json.object()
        .put("id", text(thread.id()))
        .put("user_id", text(account.id()))
        .put("join_timestamp", joined.toString())
        .put("flags", 0);
  }

  private static ObjectNode base(Channel channel) {
    return Json.object()
        .put("id", text(channel.id()))
        .put("type", channel.kind().number())
        .put("flags", 0)
        .put("last_message_id", channel.last().map(last -> text(last.id())).orElse(null));
  }

  private ObjectNode role(long id, String name, long permissions, int position) {
    var role =
        Json.object()
            .put("id", text(id))
            .put("name", name)
            .put("permissions", Long.toString(permissions))
            .put("position", position)
            .put("color", 0)
            .put("hoist", false)
            .put("managed", false)
            .put("mentionable", false)
            .put("flags", 0)
            .putNull("icon")
            .putNull("unicode_emoji");
    role.putObject("colors")
        .put("primary_color", 0)
        .putNull("secondary_color")
        .putNull("tertiary_color");
    return role;
  }

  ArrayNode roles() {
    return Json.array()
        .add(role(guild.id(), "@everyone", guild.everyone(), 0))
        .add(role(guild.administratorRole(), "Administrator", Permission.ADMINISTRATOR, 1));
  }

  /** The guild as a bot without the right to see all members learns of it. */
  ObjectNode guild() {
    var shape =
        guildSettings()
            .put("joined_at", Snowflakes.time(guild.bot().id()).toString())
            .put("large", false)
            .put("unavailable", false)
            .put("member_count", guild.accounts().size());
    shape.set("roles", roles());
    shape.set("channels", Json.array(guild.channels(Channel.Kind.TEXT).map(this::channel)));
    shape.set("threads", activeThreads());
    shape.putArray("members").add(member(guild.bot()));
    for (var none : EMPTY_IN_THE_GUILD) {
      shape.putArray(none);
    }
    return shape;
  }

  ArrayNode activeThreads() {
    return Json.array(active().map(this::channel));
  }

  /** Of the active threads those that the bot is in. */
  ArrayNode ownMemberships() {
    return Json.array(
        active()
            .filter(thread -> thread.members().containsKey(guild.bot()))
            .map(thread -> threadMember(thread, guild.bot())));
  }

  private Stream<Channel> active() {
    return guild.threads().filter(thread -> !thread.archived() && guild.sees(guild.bot(), thread));
  }

  /** What {@code GET /guilds/{id}} tells, and the start of what the Gateway tells. */
  ObjectNode guildSettings() {
    var shape =
        Json.object()
            .put("id", text(guild.id()))
            .put("name", Guild.NAME)
            .put("owner_id", text(guild.owner().id()))
            .put("afk_timeout", 300)
            .put("preferred_locale", LOCALE);
    for (var zero : ZERO_OF_THE_GUILD) {
      shape.put(zero, 0);
    }
    for (var absent : NOT_OF_THE_GUILD) {
      shape.putNull(absent);
    }
    shape.put("max_members", 500_000).put("premium_progress_bar_enabled", false);
    shape.putArray("emojis");
    shape.putArray("stickers");
    shape.putArray("features");
    shape.set("roles", roles());
    return shape;
  }

  static String text(long id) {
    return Long.toUnsignedString(id);
  }
}
