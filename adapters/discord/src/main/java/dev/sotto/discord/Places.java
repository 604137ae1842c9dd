package dev.sotto.discord;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatPlatform.PlaceName;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import java.time.Duration;
import java.util.Optional;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildMessageChannel;
import net.dv8tion.jda.api.entities.channel.middleman.StandardGuildMessageChannel;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;

/** What is known about channels: from JDA's caches, and from Discord where they are silent. */
final class Places {
  private static final int FIRST_THREAD_TYPE = 10;
  private static final int LAST_THREAD_TYPE = 12;

  /** What Discord was asked for is believed for so long. */
  private static final Duration BELIEVED = Duration.ofMinutes(1);

  private static final int MOST_NAMES = 1_000;

  private final Sessions sessions;
  private final DiscordRest rest;
  private final Cache<String, Optional<PlaceName>> names =
      Caffeine.newBuilder().maximumSize(MOST_NAMES).expireAfterWrite(BELIEVED).build();

  Places(Sessions sessions, DiscordRest rest) {
    this.sessions = sessions;
    this.rest = rest;
  }

  /** A place of the bot's own direct messages, or of a guild. */
  Place at(Optional<String> guild, String channel) {
    JDA connected = sessions.any().orElseThrow(RestException::notConnected);
    if (guild.isEmpty()) {
      return Place.direct(
          new Workspace(Platform.DISCORD, connected.getSelfUser().getApplicationId()), channel);
    }
    Workspace workspace = new Workspace(Platform.DISCORD, guild.get());
    return sessions
        .find(it -> it.getGuildChannelById(channel))
        .map(it -> known(workspace, it))
        .orElseGet(() -> asked(workspace, channel));
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
    return sessions
        .find(it -> it.getChannelById(GuildMessageChannel.class, channel))
        .map(GuildMessageChannel::getLatestMessageIdLong)
        .filter(id -> id != 0);
  }

  /**
   * What its people call a place, also where another program hears what is said.
   *
   * @throws RestException Discord cannot be asked now
   */
  Optional<PlaceName> name(Address address) {
    if (address.kind() == Address.Kind.DIRECT) {
      return Optional.empty();
    }
    boolean heard = sessions.find(it -> it.getGuildById(address.workspace().id())).isPresent();
    return heard
        ? sessions
            .find(it -> it.getGuildChannelById(address.channel()))
            .map(it -> new PlaceName(it.getName(), it.getGuild().getName()))
        : names.get(address.channel(), _ -> askedName(address));
  }

  private Optional<PlaceName> askedName(Address address) {
    try {
      DataObject guild =
          rest.repeatable(Route.Guilds.GET_GUILD.compile(address.workspace().id()), null);
      DataObject channel =
          rest.repeatable(Route.Channels.GET_CHANNEL.compile(address.channel()), null);
      return Optional.of(new PlaceName(channel.getString("name"), guild.getString("name")));
    } catch (RestException e) {
      if (e.temporary()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Whether JDA knows a thread, so that it need not be opened. */
  boolean knowsThread(String thread) {
    return sessions.find(it -> it.getThreadChannelById(thread)).isPresent();
  }
}
