package dev.sotto.conversation;

import dev.sotto.chat.Reply;
import dev.sotto.memory.Exchange;
import java.util.Optional;

/**
 * What is said to a message.
 *
 * @param exchange what is to be remembered of it; empty when nothing is
 */
public record Answer(Reply reply, Optional<Exchange> exchange) {

  static Answer unremembered(String line) {
    return new Answer(Reply.of(line), Optional.empty());
  }

  @Override
  public String toString() {
    return "Answer[" + reply + "]";
  }
}
