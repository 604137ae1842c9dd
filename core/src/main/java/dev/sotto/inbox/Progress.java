package dev.sotto.inbox;

import java.util.function.UnaryOperator;

/** Where one event stands while its reply is shown by one thread and thought of by another. */
final class Progress {
  private Pending pending;

  Progress(Pending pending) {
    this.pending = pending;
  }

  synchronized void advance(UnaryOperator<Pending> step) {
    pending = step.apply(pending);
  }
}
