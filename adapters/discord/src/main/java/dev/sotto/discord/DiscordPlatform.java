package dev.sotto.discord;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Platform;
import dev.sotto.chat.PlatformException;
import dev.sotto.chat.Reply;
import dev.sotto.chat.Reply.Choice;
import dev.sotto.chat.ReplySplitter;
import dev.sotto.chat.ReplyTarget;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;

/** The way out to Discord, through whichever session is connected just now. */
final class DiscordPlatform implements ChatPlatform {
  private static final String ORIGINAL = "@original";
  private static final String NOTHING_SAID = "…";

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
  public void answer(ChatEvent.Command command, Reply reply) {
    ReplyToken token = ReplyToken.decoded(command.replyToken());
    if (!clock.instant().isBefore(token.expires())) {
      throw PlatformException.permanent("Discord: the command is too old to be answered");
    }
    acknowledgements.await(token);
    List<String> split = ReplySplitter.split(reply.text(), ReplyMessages.LIMIT);
    List<String> parts = split.isEmpty() ? List.of(NOTHING_SAID) : split;
    try {
      rest.repeatable(
          Route.Interactions.EDIT_FOLLOWUP.compile(token.application(), token.token(), ORIGINAL),
          body(parts, 0, reply.choices()));
    } catch (RestException e) {
      throw e.platform();
    }
    followUp(token, parts, reply.choices());
  }

  /** Discord would show a further message twice if it were sent twice, so each is sent once. */
  private void followUp(ReplyToken token, List<String> parts, List<Choice> choices) {
    Route.CompiledRoute route =
        Route.Interactions.CREATE_FOLLOWUP.compile(token.application(), token.token());
    for (int part = 1; part < parts.size(); part++) {
      try {
        rest.once(route, Bodies.ephemeral(body(parts, part, choices)));
      } catch (RestException e) {
        throw PlatformException.permanent(e.line() + ", after the first of several messages");
      }
    }
  }

  private static DataObject body(List<String> parts, int part, List<Choice> choices) {
    boolean last = part == parts.size() - 1;
    return Bodies.message(parts.get(part), Buttons.row(last ? choices : List.of()));
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
