package dev.sotto.discord;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Platform;
import dev.sotto.chat.ReplyTarget;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** The way out to Discord, through whichever session is connected just now. */
final class DiscordPlatform implements ChatPlatform {
  private final DiscordRest rest;
  private final Places places;
  private final Acknowledgements acknowledgements;
  private final Clock clock;
  private final Pace pace = new Pace();

  DiscordPlatform(DiscordRest rest, Places places, Acknowledgements acknowledgements, Clock clock) {
    this.rest = rest;
    this.places = places;
    this.acknowledgements = acknowledgements;
    this.clock = clock;
  }

  @Override
  public Platform platform() {
    return Platform.DISCORD;
  }

  @Override
  public LiveReply open(ReplyTarget target, Consumer<String> shown) {
    Destination destination = new Destination(rest, places, target);
    ReplyMessages messages = new ReplyMessages(rest, destination, target, shown);
    return new DiscordReply(rest, destination, messages, pace).start();
  }

  @Override
  public LiveReply open(ChatEvent.Command command) {
    return new DiscordCommandReply(
        rest,
        ReplyToken.decoded(command.replyToken()),
        acknowledgements,
        new DirectMessage(rest, command.person().id()),
        clock);
  }

  @Override
  public Optional<PlaceName> name(Address address) {
    try {
      return places.name(address);
    } catch (RestException e) {
      throw e.platform();
    }
  }
}
