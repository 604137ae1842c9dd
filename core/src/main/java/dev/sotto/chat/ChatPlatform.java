package dev.sotto.chat;

import java.util.Optional;
import java.util.function.Consumer;

/** The way out to one platform. Implementations translate and decide nothing. */
public interface ChatPlatform {

  Platform platform();

  /**
   * Opens the one reply to an event, or takes up the reply that an earlier attempt began. What
   * {@link ReplyTarget#shown()} names is continued, never shown a second time. Returns at once; the
   * platform is asked from another thread.
   *
   * @param shown told the platform's id of each message of the reply as soon as it exists, before
   *     more is shown, so that it can be kept
   */
  LiveReply open(ReplyTarget target, Consumer<String> shown);

  /**
   * Opens the answer to a command, visible to its person alone. It may go on changing for as long
   * as the command takes; where the platform lets the first answer change no more, it goes on in
   * the person's direct messages. Returns at once.
   */
  LiveReply open(ChatEvent.Command command);

  /**
   * Answers a command that is done.
   *
   * @throws PlatformException the platform did not take it
   */
  default void answer(ChatEvent.Command command, Reply reply) {
    try (LiveReply live = open(command)) {
      live.finish(reply);
    }
  }

  /**
   * What people call a place, for bindings by name; empty when it has no name or the platform will
   * not tell.
   *
   * @throws PlatformException it cannot be asked just now
   */
  Optional<PlaceName> name(Address address);

  /** The names of a channel (without {@code #}) and of its workspace or guild. */
  record PlaceName(String channel, String workspace) {
    @Override
    public String toString() {
      return "PlaceName";
    }
  }
}
