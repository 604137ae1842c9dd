package dev.sotto.model;

import java.time.Duration;

/**
 * The calls of models for one message: 60 at the most, in ten minutes at the most, all models and
 * tools together. A question counts as two calls, because the transport may have to send it again.
 */
final class Calls {
  private static final int MOST = 60;
  private static final int OF_A_QUESTION = 2;
  private static final long MAX_NANOS = Duration.ofMinutes(10).toNanos();

  private final Functions functions;
  private final long begin = System.nanoTime();
  private int made;
  private boolean used;

  Calls(Functions functions) {
    this.functions = functions;
  }

  Functions functions() {
    return functions;
  }

  /**
   * Counts a question that is about to be asked.
   *
   * @throws ModelException it would be one too many
   */
  void ask(String model, String heard) {
    made += OF_A_QUESTION;
    if (made > MOST || System.nanoTime() - begin > MAX_NANOS) {
      throw ModelException.of(ModelException.Reason.TOO_MANY, model, heard);
    }
  }

  String use(String name, String arguments) {
    used = true;
    return functions.call(name, arguments);
  }

  /** Whether a function was called: then no other model begins from the start. */
  boolean used() {
    return used;
  }
}
