package dev.sotto.chat;

import java.time.Instant;

/**
 * Something that happened on a platform and that somebody may have to answer for. An adapter makes
 * it from what the platform sent and from nothing else.
 */
public sealed interface ChatEvent {

  /** The platform's id of this event; a redelivery carries the same one. */
  String id();

  Address address();

  /** Who did it. */
  Person person();

  Instant at();

  /**
   * A person wrote, or pressed a button that answers in their name (its value is then the text).
   *
   * @param messageId the platform's id of the message, the same in every event about it
   * @param text as the person reads it, without the mention of the bot
   * @param toUs whether the bot was mentioned, or written to directly
   */
  record Message(
      String id,
      Address address,
      Person person,
      Instant at,
      String messageId,
      String text,
      boolean toUs)
      implements ChatEvent {
    @Override
    public String toString() {
      return "Message[" + address + "]";
    }
  }

  /**
   * A person gave a command; the answer is for their eyes only.
   *
   * @param line the words after {@code /sotto}, the same on every platform
   * @param replyToken what the platform wants back with the answer; it expires
   */
  record Command(
      String id, Address address, Person person, Instant at, String line, String replyToken)
      implements ChatEvent {
    @Override
    public String toString() {
      return "Command[" + address + "]";
    }
  }

  /**
   * A person changed what they wrote. It is not answered again; what is remembered of it changes.
   *
   * @param id another for each change of the same message
   * @param text as the person reads it now, without the mention of the bot
   */
  record Edit(String id, Address address, Person person, Instant at, String messageId, String text)
      implements ChatEvent {
    @Override
    public String toString() {
      return "Edit[" + address + "]";
    }
  }

  /** A message was deleted on the platform and is to be forgotten. */
  record Deletion(String id, Address address, Person person, Instant at, String messageId)
      implements ChatEvent {
    @Override
    public String toString() {
      return "Deletion[" + address + "]";
    }
  }
}
