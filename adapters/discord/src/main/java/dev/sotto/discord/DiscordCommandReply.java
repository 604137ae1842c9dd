package dev.sotto.discord;

import dev.sotto.chat.LiveReply;
import dev.sotto.chat.PlatformException;
import dev.sotto.chat.Reply;
import dev.sotto.chat.ReplySplitter;
import dev.sotto.chat.Updates;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a command, for its person's eyes only: the deferred answer, edited while the
 * command goes on, for the 15 minutes that Discord lets it be edited; then a message in the
 * person's direct messages.
 */
final class DiscordCommandReply implements LiveReply {
  private static final Logger LOG = LoggerFactory.getLogger(DiscordCommandReply.class);

  /** Well below 5 edits in 5 seconds, which other answers share. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** Before it is tried again where it was not taken. */
  private static final Duration LONG_PAUSE = Duration.ofSeconds(30);

  /** Between two looks whether a command is acknowledged. */
  private static final Duration AGAIN = Duration.ofMillis(250);

  /** The last edit says where it goes on. */
  private static final Duration HANDOVER = PAUSE.multipliedBy(3);

  private static final String ELSEWHERE = "\n_It goes on in our direct messages._";
  private static final String ORIGINAL = "@original";
  private static final String NOTHING_SAID = "…";

  private final DiscordRest rest;
  private final ReplyToken token;
  private final Acknowledgements acknowledgements;
  private final DirectMessage direct;
  private final Clock clock;
  private final Updates updates = new Updates(this::update);
  private boolean handedOver;

  DiscordCommandReply(
      DiscordRest rest,
      ReplyToken token,
      Acknowledgements acknowledgements,
      DirectMessage direct,
      Clock clock) {
    this.rest = rest;
    this.token = token;
    this.acknowledgements = acknowledgements;
    this.direct = direct;
    this.clock = clock;
  }

  @Override
  public void show(String text) {
    updates.show(text);
  }

  @Override
  public void finish(Reply reply) {
    updates.close();
    List<DataObject> messages = messages(reply);
    try {
      if (lives(Duration.ZERO) && !handedOver) {
        inPlace(messages);
      } else {
        direct.show(messages);
      }
    } catch (RestException e) {
      throw e.platform();
    }
  }

  @Override
  public void close() {
    updates.close();
  }

  static List<DataObject> messages(Reply reply) {
    List<String> split = ReplySplitter.split(reply.text(), ReplyMessages.LIMIT);
    List<String> parts = split.isEmpty() ? List.of(NOTHING_SAID) : split;
    List<DataObject> messages =
        new ArrayList<>(parts.stream().map(it -> Bodies.message(it, DataArray.empty())).toList());
    messages.set(
        parts.size() - 1, Bodies.message(parts.getLast(), Buttons.commands(reply.choices())));
    return messages;
  }

  private Duration update(String text) {
    try {
      if (lives(HANDOVER)) {
        edit(messages(Reply.of(text)).getFirst());
      } else {
        handOver(text);
        direct.show(messages(Reply.of(text)));
      }
      return PAUSE;
    } catch (RestException e) {
      LOG.debug("Discord: a command's answer is shown later: {}", e.line());
      return LONG_PAUSE;
    }
  }

  private void handOver(String text) {
    if (!handedOver && lives(Duration.ZERO)) {
      edit(messages(Reply.of(text + ELSEWHERE)).getFirst());
    }
    handedOver = true;
  }

  private boolean lives(Duration longer) {
    return clock.instant().plus(longer).isBefore(token.expires());
  }

  /** Discord would show a further message twice if it were sent twice, so each is sent once. */
  private void inPlace(List<DataObject> messages) {
    edit(messages.getFirst());
    Route.CompiledRoute route =
        Route.Interactions.CREATE_FOLLOWUP.compile(token.application(), token.token());
    try {
      messages.stream().skip(1).forEach(it -> rest.once(route, Bodies.ephemeral(it)));
    } catch (RestException e) {
      throw PlatformException.permanent(e.line() + ", after the first of several messages");
    }
  }

  /** Another program may be telling Discord just now that there will be an answer. */
  private void edit(DataObject message) {
    acknowledgements.await(token);
    while (!edited(message)) {
      try {
        Thread.sleep(AGAIN);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean edited(DataObject message) {
    Route.CompiledRoute route =
        Route.Interactions.EDIT_FOLLOWUP.compile(token.application(), token.token(), ORIGINAL);
    try {
      rest.repeatable(route, message);
      return true;
    } catch (RestException e) {
      if (e.code() == RestException.UNKNOWN_WEBHOOK && token.isYoung(clock.instant())) {
        return false;
      }
      throw e;
    }
  }
}
