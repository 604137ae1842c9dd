package dev.sotto.discord;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatPlatform.PlaceName;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import java.util.Optional;
import java.util.function.Supplier;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildMessageChannel;
import net.dv8tion.jda.api.entities.channel.middleman.StandardGuildMessageChannel;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;

/** What is known about channels: from JDA's cache, and from Discord where the cache is silent. */
final class Places {
  private static final int FIRST_THREAD_TYPE = 10;
  private static final int LAST_THREAD_TYPE = 12;

  private final Supplier<Optional<JDA>> jda;
  private final DiscordRest rest;

  Places(Supplier<Optional<JDA>> jda, DiscordRest rest) {
    this.jda = jda;
    this.rest = rest;
  }

  /** A place of the bot's own direct messages, or of a guild. */
  Place at(Optional<String> guild, String channel) {
    JDA connected = jda.get().orElseThrow(RestException::notConnected);
    if (guild.isEmpty()) {
      return Place.direct(
          new Workspace(Platform.DISCORD, connected.getSelfUser().getApplicationId()), channel);
    }
    Workspace workspace = new Workspace(Platform.DISCORD, guild.get());
    GuildChannel known = connected.getGuildChannelById(channel);
    return known == null ? asked(workspace, channel) : known(workspace, known);
  }

  private static Place known(Workspace workspace, GuildChannel channel) {
    if (channel instanceof ThreadChannel thread) {
      return Place.thread(workspace, thread.getParentChannel().getId(), thread.getId());
    }
    boolean opensThreads =
        channel instanceof StandardGuildMessageChannel
            && channel
                .getGuild()
                .getSelfMember()
                .hasPermission(
                    channel, Permission.CREATE_PUBLIC_THREADS, Permission.MESSAGE_SEND_IN_THREADS);
    return Place.channel(workspace, channel.getId(), opensThreads);
  }

  private Place asked(Workspace workspace, String channel) {
    DataObject found = rest.repeatable(Route.Channels.GET_CHANNEL.compile(channel), null);
    int type = found.getInt("type", 0);
    return type >= FIRST_THREAD_TYPE && type <= LAST_THREAD_TYPE
        ? Place.thread(workspace, found.getString("parent_id"), channel)
        : Place.channel(workspace, channel, false);
  }

  /** The newest message that JDA knows of in a channel of a guild; empty when it knows none. */
  Optional<Long> newest(String channel) {
    return jda.get()
        .map(connected -> connected.getChannelById(GuildMessageChannel.class, channel))
        .map(GuildMessageChannel::getLatestMessageIdLong)
        .filter(id -> id != 0);
  }

  /**
   * @throws RestException nobody is connected who could know
   */
  Optional<PlaceName> name(Address address) {
    if (address.kind() == Address.Kind.DIRECT) {
      return Optional.empty();
    }
    JDA connected = jda.get().orElseThrow(RestException::notConnected);
    return Optional.ofNullable(connected.getGuildChannelById(address.channel()))
        .map(channel -> new PlaceName(channel.getName(), guildName(channel.getGuild())));
  }

  private static String guildName(Guild guild) {
    return guild.getName();
  }

  /** Whether JDA knows a thread, so that it need not be opened. */
  boolean knowsThread(String thread) {
    return jda.get().map(connected -> connected.getThreadChannelById(thread)).isPresent();
  }
}
