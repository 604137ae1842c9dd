package dev.sotto.discord;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.Inbox.Receipt;
import dev.sotto.chat.Inbox.Seen;
import dev.sotto.chat.Platform;
import dev.sotto.discord.CatchUp.Missed;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDA.ShardInfo;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.RawGatewayEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionInvalidateEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.utils.MiscUtil;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Messages, their new words and their deletions, in the order of their channel: first what was
 * missed, then what comes.
 */
final class MessageEvents implements EventListener {
  private final Inbox inbox;
  private final Intake intake;
  private final Lanes lanes;
  private final Places places;
  private final CatchUp catchUp;
  private final Clock clock;

  MessageEvents(
      Inbox inbox, Intake intake, Lanes lanes, Places places, CatchUp catchUp, Clock clock) {
    this.inbox = inbox;
    this.intake = intake;
    this.lanes = lanes;
    this.places = places;
    this.catchUp = catchUp;
    this.clock = clock;
  }

  @Override
  public void onEvent(GenericEvent event) {
    switch (event) {
      case RawGatewayEvent raw -> dispatched(raw);
      case SessionInvalidateEvent _ -> lanes.hold();
      case ReadyEvent ready -> begun(ready.getJDA());
      case SessionRecreateEvent again -> begun(again.getJDA());
      default -> {}
    }
  }

  private void dispatched(RawGatewayEvent raw) {
    DataObject event = raw.getPayload();
    switch (raw.getType()) {
      case "MESSAGE_CREATE" -> created(event, raw.getJDA().getSelfUser().getId());
      case "MESSAGE_UPDATE" -> changed(event, raw.getJDA().getSelfUser().getId());
      case "MESSAGE_DELETE" -> deleted(event, event.getString("id"));
      case "MESSAGE_DELETE_BULK" -> {
        DataArray ids = event.getArray("ids");
        for (int i = 0; i < ids.length(); i++) {
          deleted(event, ids.getString(i));
        }
      }
      default -> {}
    }
  }

  private void created(DataObject message, String bot) {
    if (!DiscordTranslator.written(message)) {
      return;
    }
    String channel = message.getString("channel_id");
    Optional<String> guild = DiscordTranslator.guild(message);
    long before = message.getUnsignedLong("id") - 1;
    lanes.add(
        channel,
        () -> {
          Place place = intake.ask(() -> places.at(guild, channel));
          intake.keep(DiscordTranslator.message(message, place, bot));
        },
        () -> fetch(new Missed(guild, channel, before), bot));
  }

  private void changed(DataObject message, String bot) {
    if (!DiscordTranslator.rewritten(message)) {
      return;
    }
    String channel = message.getString("channel_id");
    Optional<String> guild = DiscordTranslator.guild(message);
    lanes.add(
        channel,
        () -> {
          Place place = intake.ask(() -> places.at(guild, channel));
          intake.keep(DiscordTranslator.edit(message, place, bot));
        },
        () -> {});
  }

  private void deleted(DataObject event, String message) {
    String channel = event.getString("channel_id");
    Optional<String> guild = DiscordTranslator.guild(event);
    lanes.add(
        channel,
        () -> {
          Place place = intake.ask(() -> places.at(guild, channel));
          intake.keep(DiscordTranslator.deletion(message, place, clock.instant()));
        },
        () -> {});
  }

  /** A new session: what came before it is asked for before anything of it is taken. */
  private void begun(JDA session) {
    String bot = session.getSelfUser().getId();
    ShardInfo shard = session.getShardInfo();
    lanes.hold();
    lanes.beside(() -> {
      List<Missed> plan =
          intake
              .whenAvailable(() -> CatchUp.plan(heardBy(shard, inbox.places(Platform.DISCORD))))
              .orElse(List.of());
      plan.forEach(missed -> lanes.addFirst(missed.channel(), () -> fetch(missed, bot)));
      lanes.release();
    });
  }

  /** What happens in the other places, another session hears. */
  private static List<Seen> heardBy(ShardInfo shard, List<Seen> seen) {
    return seen.stream()
        .filter(it -> shardOf(it.address(), shard.getShardTotal()) == shard.getShardId())
        .toList();
  }

  private static int shardOf(Address address, int total) {
    return address.kind() == Address.Kind.DIRECT
        ? 0
        : MiscUtil.getShardForGuild(address.workspace().id(), total);
  }

  /**
   * In the order in which it happened: what is kept last tells the next start what is known. The
   * message that a thread hangs on stands in the channel above, which comes first.
   */
  private void fetch(Missed missed, String bot) {
    List<DataObject> found = catchUp.fetch(missed);
    if (found.isEmpty()) {
      return;
    }
    Place place = intake.ask(() -> places.at(missed.guild(), missed.channel()));
    if (place.thread().isPresent()) {
      lanes.awaitPassed(place.channel());
    }
    Set<String> fresh = new HashSet<>();
    found.stream()
        .filter(DiscordTranslator::written)
        .flatMap(message -> news(message, missed.after(), place, bot))
        .sorted(Comparator.comparing(ChatEvent::at))
        .forEach(event -> keep(event, fresh));
  }

  /** A message that is new has its new words already. */
  private void keep(ChatEvent event, Set<String> fresh) {
    switch (event) {
      case ChatEvent.Message it -> {
        if (intake.keep(it).equals(Optional.of(Receipt.ACCEPTED))) {
          fresh.add(it.messageId());
        }
      }
      case ChatEvent.Edit it when fresh.contains(it.messageId()) -> {}
      case ChatEvent.Edit _, ChatEvent.Command _, ChatEvent.Deletion _ -> intake.keep(event);
    }
  }

  private static Stream<ChatEvent> news(DataObject message, long known, Place place, String bot) {
    Stream<ChatEvent> written =
        message.getUnsignedLong("id") > known
            ? Stream.of(DiscordTranslator.message(message, place, bot))
            : Stream.of();
    Stream<ChatEvent> changed =
        DiscordTranslator.rewritten(message)
            ? Stream.of(DiscordTranslator.edit(message, place, bot))
            : Stream.of();
    Instant since = DiscordTranslator.at(Long.toString(known));
    return Stream.concat(written, changed.filter(edit -> !edit.at().isBefore(since)));
  }
}
