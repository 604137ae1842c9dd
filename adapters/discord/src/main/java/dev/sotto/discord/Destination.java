package dev.sotto.discord;

import dev.sotto.chat.Address;
import dev.sotto.chat.ReplyTarget;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.requests.Route;

/**
 * Where a reply goes: into its thread, which is opened from the message it answers, or beneath that
 * message where the bot may open none. Used by one thread at a time.
 */
final class Destination {
  private static final int ARCHIVED_AFTER_MINUTES = 1_440;

  /** A thread's name is seen beyond those who read it; it tells nothing. */
  private static final String NAME = "Conversation";

  private static final Set<Integer> NO_THREAD =
      Set.of(
          RestException.MISSING_ACCESS,
          RestException.MISSING_PERMISSIONS,
          RestException.WRONG_CHANNEL_TYPE,
          RestException.TOO_MANY_THREADS);

  private final DiscordRest rest;
  private final Places places;
  private final ReplyTarget target;
  private Optional<String> opened = Optional.empty();

  Destination(DiscordRest rest, Places places, ReplyTarget target) {
    this.rest = rest;
    this.places = places;
    this.target = target;
  }

  /** The channel or thread to write to; opens the thread when there is none yet. */
  String channel() {
    if (opened.isEmpty()) {
      opened = Optional.of(open());
    }
    return opened.get();
  }

  /** The channel or thread as far as it is known without asking. */
  String expected() {
    return target.address().thread().orElse(target.address().channel());
  }

  /** The message to refer to, in a channel that people share. */
  Optional<String> answered() {
    Address address = target.address();
    boolean shared = address.kind() == Address.Kind.CHANNEL;
    return shared && channel().equals(address.channel())
        ? Optional.of(target.messageId())
        : Optional.empty();
  }

  private String open() {
    String expected = expected();
    if (!expected.equals(target.messageId()) || places.knowsThread(expected)) {
      return expected;
    }
    String channel = target.address().channel();
    try {
      rest.repeatable(
          Route.Channels.CREATE_THREAD_FROM_MESSAGE.compile(channel, target.messageId()),
          Bodies.thread(NAME, ARCHIVED_AFTER_MINUTES));
      return expected;
    } catch (RestException e) {
      if (e.code() == RestException.THREAD_EXISTS) {
        return expected;
      }
      if (NO_THREAD.contains(e.code())) {
        return channel;
      }
      throw e;
    }
  }
}
