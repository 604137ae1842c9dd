package dev.sotto.sandbox.side;

import java.util.Optional;

/**
 * Where somebody acts: a channel, or a thread in it.
 *
 * @param thread the id of the message that the thread hangs on
 */
public record Place(String channel, Optional<String> thread) {

  public static Place in(String channel) {
    return new Place(channel, Optional.empty());
  }

  public static Place in(String channel, String thread) {
    return new Place(channel, Optional.of(thread));
  }
}
