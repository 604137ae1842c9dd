package dev.sotto.discord;

import dev.sotto.chat.Inbox;
import dev.sotto.chat.Platform;
import dev.sotto.discord.CatchUp.Missed;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.RawGatewayEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionInvalidateEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Messages and their deletions, in the order of their channel: first what was missed, then what
 * comes.
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
      case ReadyEvent ready -> begun(ready.getJDA().getSelfUser().getId());
      case SessionRecreateEvent again -> begun(again.getJDA().getSelfUser().getId());
      default -> {}
    }
  }

  private void dispatched(RawGatewayEvent raw) {
    DataObject event = raw.getPayload();
    switch (raw.getType()) {
      case "MESSAGE_CREATE" -> created(event, raw.getJDA().getSelfUser().getId());
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
        () -> keep(message, guild, bot),
        () -> fetch(new Missed(guild, channel, before), bot));
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
  private void begun(String bot) {
    lanes.hold();
    lanes.beside(() -> {
      List<Missed> plan =
          intake
              .whenAvailable(() -> CatchUp.plan(inbox.places(Platform.DISCORD)))
              .orElse(List.of());
      plan.forEach(missed -> lanes.addFirst(missed.channel(), () -> fetch(missed, bot)));
      lanes.release();
    });
  }

  private void fetch(Missed missed, String bot) {
    catchUp.fetch(
        missed,
        message -> {
          if (DiscordTranslator.written(message)) {
            keep(message, missed.guild(), bot);
          }
        });
  }

  private void keep(DataObject message, Optional<String> guild, String bot) {
    String channel = message.getString("channel_id");
    Place place = intake.ask(() -> places.at(guild, channel));
    intake.keep(DiscordTranslator.message(message, place, bot));
  }
}
