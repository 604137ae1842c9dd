package dev.sotto.inbox;

import java.util.function.UnaryOperator;

/** Where one event stands while its reply is shown by one thread and thought of by another. */
final class Progress {
  private Pending pending;
  private boolean visible;

  Progress(Pending pending) {
    this.pending = pending;
  }

  synchronized void advance(UnaryOperator<Pending> step) {
    pending = step.apply(pending);
  }

  /** Something of the reply is visible. That the event was closed meanwhile shows at its end. */
  synchronized void shown(UnaryOperator<Pending> step) {
    visible = true;
    try {
      advance(step);
    } catch (SupersededException _) {
      // The thread that thinks meets the same.
    }
  }

  synchronized boolean isVisible() {
    return visible || !pending.kept().shown().isEmpty();
  }
}
