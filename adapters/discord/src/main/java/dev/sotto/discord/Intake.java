package dev.sotto.discord;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.Inbox.Receipt;
import dev.sotto.chat.InboxUnavailableException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to the inbox, and hands them in again while it cannot keep them. */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final int LOOKUPS = 5;

  private final Inbox inbox;
  private final Lanes lanes;

  Intake(Inbox inbox, Lanes lanes) {
    this.inbox = inbox;
    this.lanes = lanes;
  }

  /**
   * Returns when the event is kept, or empty when the end has come; Discord never repeats it. A
   * message in a thread that is nothing to us yet is asked about once more when what came before it
   * in the channel is kept: the message that the thread hangs on may be among it.
   */
  Optional<Receipt> keep(ChatEvent event) {
    Optional<Receipt> receipt = whenAvailable(() -> inbox.accept(event));
    boolean ignored = receipt.equals(Optional.of(Receipt.IGNORED));
    if (ignored && event instanceof ChatEvent.Message && event.address().thread().isPresent()) {
      lanes.awaitPassed(event.address().channel());
      return whenAvailable(() -> inbox.accept(event));
    }
    return receipt;
  }

  /** Tries once; a person waits for the answer and will try again. */
  Optional<Receipt> keepNow(ChatEvent event) {
    try {
      return Optional.of(inbox.accept(event));
    } catch (InboxUnavailableException _) {
      LOG.warn("Discord: a command or a button press was not taken: the inbox is not available");
      return Optional.empty();
    }
  }

  /** What the inbox says, as soon as it says something; empty when the end has come. */
  <T> Optional<T> whenAvailable(Supplier<T> question) {
    long pause = FIRST_PAUSE_MILLIS;
    do {
      try {
        return Optional.of(question.get());
      } catch (InboxUnavailableException _) {
        if (pause == FIRST_PAUSE_MILLIS) {
          LOG.warn("Discord: events wait, the inbox is not available");
        }
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    } while (lanes.pause(pause));
    return Optional.empty();
  }

  /** What Discord says, asked again a few times while it stumbles. */
  <T> T ask(Supplier<T> question) {
    for (int attempt = 1; ; attempt++) {
      try {
        return question.get();
      } catch (RestException e) {
        if (!e.temporary() || attempt == LOOKUPS || !lanes.pause(1_000L << attempt)) {
          throw e;
        }
      }
    }
  }
}
