package dev.sotto.inbox;

import dev.sotto.chat.ChatEvent;
import java.time.Duration;
import java.util.Optional;

/** What an attempt at an event came to. */
sealed interface Outcome {

  /**
   * It needs no other.
   *
   * @param answered the message that has its answer, if it was one
   */
  record End(EventState state, Optional<ChatEvent.Message> answered) implements Outcome {
    /** It needs no answer any more, or is in another lane. */
    static final End GONE = new End(EventState.DONE, Optional.empty());

    static final End GIVEN_UP = new End(EventState.GIVEN_UP, Optional.empty());

    static End done(ChatEvent event) {
      return new End(
          EventState.DONE,
          event instanceof ChatEvent.Message message ? Optional.of(message) : Optional.empty());
    }
  }

  /** It is worth another after this time. */
  record Pause(Duration time) implements Outcome {}
}
