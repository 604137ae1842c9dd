package dev.sotto.inbox;

import dev.sotto.crypto.ErasedException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where one event stands while its reply is shown by one thread and thought of by another. */
final class Progress {
  /** An answer of so many characters is one message on every platform. */
  private static final int ONE_MESSAGE = 1_500;

  private final Shown shown;
  private Pending pending;
  private boolean visible;
  private Optional<String> unwritten = Optional.empty();

  Progress(Pending pending, Shown shown) {
    this.pending = pending;
    this.shown = shown;
  }

  /** Writes down that a message of the platform shows a part of the reply. */
  interface Shown {
    Pending write(Pending pending, String messageId);
  }

  synchronized void advance(UnaryOperator<Pending> step) {
    pending = step.apply(pending);
  }

  /**
   * A message shows something of the reply. That of an answer of one message is written down only
   * if it fails: else that the event is done is written next, and a crash in between leaves the
   * same doubt with it and without. That the event was closed meanwhile shows at its end.
   */
  synchronized void shown(String messageId) {
    visible = true;
    if (pending.kept().answer().filter(it -> it.text().length() <= ONE_MESSAGE).isPresent()) {
      unwritten = Optional.of(messageId);
    } else {
      write(messageId);
    }
  }

  /** The reply could not be finished; another attempt has to know what is visible. */
  synchronized void failed() {
    unwritten.ifPresent(this::write);
    unwritten = Optional.empty();
  }

  private void write(String messageId) {
    try {
      pending = shown.write(pending, messageId);
    } catch (SupersededException | LeaseLostException | ErasedException _) {
      // The thread that thinks meets the same.
    }
  }

  synchronized Lease lease() {
    return pending.lease();
  }

  synchronized boolean isVisible() {
    return visible || !pending.kept().shown().isEmpty();
  }
}
