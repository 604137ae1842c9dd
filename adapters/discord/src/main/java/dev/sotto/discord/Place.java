package dev.sotto.discord;

import dev.sotto.chat.Address;
import dev.sotto.chat.Workspace;
import java.util.Optional;

/**
 * Where something was said on Discord.
 *
 * @param channel the channel; of a thread the one above it
 * @param thread the thread, when it was said in one
 * @param opensThreads whether the bot may answer in a thread opened from a message here
 */
record Place(
    Workspace workspace,
    Address.Kind kind,
    String channel,
    Optional<String> thread,
    boolean opensThreads) {

  static Place direct(Workspace application, String channel) {
    return new Place(application, Address.Kind.DIRECT, channel, Optional.empty(), false);
  }

  static Place channel(Workspace guild, String channel, boolean opensThreads) {
    return new Place(guild, Address.Kind.CHANNEL, channel, Optional.empty(), opensThreads);
  }

  static Place thread(Workspace guild, String channel, String thread) {
    return new Place(guild, Address.Kind.CHANNEL, channel, Optional.of(thread), false);
  }

  /** Where a thing without a thread of its own stands. */
  Address address() {
    return new Address(workspace, kind, channel, thread);
  }

  /**
   * Where a message to the bot is answered: Discord gives a thread opened from a message the id of
   * that message.
   */
  Address addressOf(String message) {
    return opensThreads ? new Address(workspace, kind, channel, Optional.of(message)) : address();
  }

  @Override
  public String toString() {
    return "Place[" + kind + "]";
  }
}
