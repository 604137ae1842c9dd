package dev.sotto.chat;

import java.util.List;

/**
 * What a reply answers.
 *
 * @param key opaque, the same for every attempt at this reply, at most 22 letters, digits, {@code
 *     -} and {@code _}; the platform's own means against doubles are fed with it
 * @param messageId the message that is answered
 * @param shown the platform's ids of messages that earlier attempts have shown, in order
 */
public record ReplyTarget(
    String key, Address address, Person person, String messageId, List<String> shown) {
  public ReplyTarget {
    shown = List.copyOf(shown);
  }

  @Override
  public String toString() {
    return "ReplyTarget[" + address + "]";
  }
}
