package dev.sotto.chat;

import java.time.Instant;
import java.util.List;

/** Takes responsibility for what a platform delivers. */
public interface Inbox {

  /**
   * Keeps the event, sealed and durable, before it returns. Only then may the adapter acknowledge.
   *
   * @throws InboxUnavailableException nothing was kept: do not acknowledge, the platform repeats it
   */
  Receipt accept(ChatEvent event);

  /**
   * The places of a platform in which a bot is taking part, with the time of the newest message
   * seen there by the platform's own clock, so that an adapter can ask for what it missed. At most
   * 1,000, the most recent first.
   *
   * @throws InboxUnavailableException they cannot be read now; ask again
   */
  List<Seen> places(Platform platform);

  /** What became of an event. */
  enum Receipt {
    /** Kept; it will be answered. */
    ACCEPTED,
    /** Known already, by its id or by its message. */
    REPEATED,
    /** Not for a bot; nothing was kept. */
    IGNORED,
    /** Too much is waiting already: it will not be answered, and its person is told so. */
    REFUSED
  }

  /** A place and when, by the platform's clock, the newest message seen there was written. */
  record Seen(Address address, Instant at) {
    @Override
    public String toString() {
      return "Seen[" + address + "]";
    }
  }
}
