package dev.sotto.discord;

import dev.sotto.chat.Reply;
import dev.sotto.chat.ReplySplitter;
import dev.sotto.chat.ReplyTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * The messages of one reply as they stand on Discord, and the calls that make them stand as they
 * should. Used by one thread at a time.
 */
final class ReplyMessages {
  /** Characters in a message of Discord. */
  static final int LIMIT = 2_000;

  private static final int NO_HISTORY = 160002;

  /** Stands for a reply that is buttons alone. */
  private static final String NOTHING_SAID = "…";

  private final DiscordRest rest;
  private final Destination destination;
  private final String key;
  private final Consumer<String> shown;
  private final List<Message> messages = new ArrayList<>();

  ReplyMessages(
      DiscordRest rest, Destination destination, ReplyTarget target, Consumer<String> shown) {
    this.rest = rest;
    this.destination = destination;
    this.key = target.key();
    this.shown = shown;
    target.shown().forEach(id -> messages.add(Message.known(id, destination.expected())));
  }

  /**
   * One message.
   *
   * @param said what it says, when that is known
   * @param kept whether its id has been given away to be kept
   */
  private record Message(String channel, String id, Optional<Said> said, boolean kept) {
    private static final String SEPARATOR = "/";

    /** An id that was given away earlier; it names its channel when that was not the expected. */
    static Message known(String given, String expected) {
      int separator = given.indexOf(SEPARATOR);
      return separator < 0
          ? new Message(expected, given, Optional.empty(), true)
          : new Message(
              given.substring(0, separator),
              given.substring(separator + 1),
              Optional.empty(),
              true);
    }

    String given(String expected) {
      return channel.equals(expected) ? id : channel + SEPARATOR + id;
    }

    Message saying(Said said) {
      return new Message(channel, id, Optional.of(said), kept);
    }

    Message given() {
      return new Message(channel, id, said, true);
    }
  }

  /** What one message is to say. */
  private record Said(String text, List<Reply.Choice> choices) {
    DataObject body() {
      return Bodies.message(text, Buttons.row(choices));
    }
  }

  /** Shows a reply that still grows. */
  void grow(String text) {
    show(ReplySplitter.split(text, LIMIT), List.of());
  }

  /** Shows a reply as it stays. */
  void finish(Reply reply) {
    List<String> parts = ReplySplitter.split(reply.text(), LIMIT);
    boolean silent = parts.isEmpty() && !reply.choices().isEmpty();
    show(silent ? List.of(NOTHING_SAID) : parts, reply.choices());
    for (int surplus = messages.size() - 1; surplus >= Math.max(1, parts.size()); surplus--) {
      remove(messages.get(surplus));
      messages.remove(surplus);
    }
  }

  private void show(List<String> parts, List<Reply.Choice> choices) {
    giveIds();
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      Said said = new Said(parts.get(i), last ? choices : List.of());
      if (i == messages.size()) {
        create(i, said);
        giveIds();
      }
      if (!messages.get(i).said().equals(Optional.of(said))) {
        edit(i, said);
      }
    }
  }

  private void giveIds() {
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (!message.kept()) {
        shown.accept(message.given(destination.expected()));
        messages.set(i, message.given());
      }
    }
  }

  private void create(int part, Said said) {
    String channel = destination.channel();
    Optional<String> answered = part == 0 ? destination.answered() : Optional.empty();
    DataObject made = create(channel, part, said, answered);
    Optional<Said> arrived = Optional.of(said).filter(s -> Bodies.arrived(made, s.body()));
    messages.add(new Message(channel, made.getString("id"), arrived, false));
  }

  private DataObject create(String channel, int part, Said said, Optional<String> answered) {
    DataObject message = Bodies.once(said.body(), key + "-" + part);
    answered.ifPresent(id -> Bodies.answering(message, id));
    try {
      return rest.repeatable(Route.Messages.SEND_MESSAGE.compile(channel), message);
    } catch (RestException e) {
      if (e.code() == NO_HISTORY && answered.isPresent()) {
        return create(channel, part, said, Optional.empty());
      }
      throw e;
    }
  }

  /** A message that somebody deleted meanwhile stays deleted. */
  private void edit(int part, Said said) {
    Message message = messages.get(part);
    try {
      rest.repeatable(
          Route.Messages.EDIT_MESSAGE.compile(message.channel(), message.id()), said.body());
    } catch (RestException e) {
      if (e.code() != RestException.UNKNOWN_MESSAGE) {
        throw e;
      }
    }
    messages.set(part, message.saying(said));
  }

  private void remove(Message message) {
    try {
      rest.repeatable(Route.Messages.DELETE_MESSAGE.compile(message.channel(), message.id()), null);
    } catch (RestException e) {
      if (e.code() != RestException.UNKNOWN_MESSAGE) {
        throw e;
      }
    }
  }
}
