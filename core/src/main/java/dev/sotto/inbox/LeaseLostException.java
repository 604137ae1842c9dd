package dev.sotto.inbox;

/**
 * The lane is another's by now, or may be: nothing more of it is written or shown by who held it.
 */
final class LeaseLostException extends RuntimeException {
  LeaseLostException() {
    super("the lane is worked by another by now");
  }
}
