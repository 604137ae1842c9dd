package dev.sotto.sandbox.discord;

/** Finds what a bot asks for and refuses what it may not have, with Discord's own answers. */
final class Access {
  private final Guild guild;

  Access(Guild guild) {
    this.guild = guild;
  }

  /** The channel named in the path, if the bot sees it. */
  Channel channel(RestCall call) {
    Channel channel =
        guild
            .channel(call.id("channel"))
            .orElseThrow(() -> new ApiError(ApiError.Problem.UNKNOWN_CHANNEL));
    if (!guild.sees(guild.bot(), channel)) {
      throw new ApiError(ApiError.Problem.MISSING_ACCESS);
    }
    return channel;
  }

  Message message(RestCall call) {
    return channel(call)
        .message(call.id("message"))
        .orElseThrow(() -> new ApiError(ApiError.Problem.UNKNOWN_MESSAGE));
  }

  void require(Channel channel, Permission permission) {
    if (!guild.may(guild.bot(), channel, permission)) {
      throw new ApiError(ApiError.Problem.MISSING_PERMISSIONS);
    }
  }

  void requireToPost(Channel channel) {
    require(
        channel,
        channel.isThread() ? Permission.SEND_MESSAGES_IN_THREADS : Permission.SEND_MESSAGES);
    if (channel.locked()) {
      throw new ApiError(ApiError.Problem.THREAD_ARCHIVED);
    }
  }

  void requireGuild(RestCall call) {
    if (call.id("guild") != guild.id()) {
      throw new ApiError(ApiError.Problem.UNKNOWN_GUILD);
    }
  }

  Account account(RestCall call, ApiError.Problem otherwise) {
    return "@me".equals(call.part("user"))
        ? guild.bot()
        : guild.account(call.id("user")).orElseThrow(() -> new ApiError(otherwise));
  }
}
