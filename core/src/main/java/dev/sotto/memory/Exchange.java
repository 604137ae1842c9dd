package dev.sotto.memory;

import dev.sotto.chat.Person;
import dev.sotto.chat.Workspace;
import java.time.Duration;
import java.time.Instant;

/**
 * One turn to be remembered: what a person wrote and what they were answered.
 *
 * @param messageId the platform's id of the question, by which a deletion finds it
 * @param closes whether the conversation starts afresh after it
 * @param retention how long it is kept
 */
public record Exchange(
    ConversationKey conversation,
    Person person,
    String messageId,
    Instant at,
    String question,
    String answer,
    boolean closes,
    Duration retention) {

  Workspace workspace() {
    return person.workspace();
  }

  @Override
  public String toString() {
    return "Exchange";
  }
}
