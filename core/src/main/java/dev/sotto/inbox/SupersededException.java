package dev.sotto.inbox;

/** The event was closed meanwhile, because its message was deleted: there is nothing to do. */
final class SupersededException extends RuntimeException {
  SupersededException() {
    super("the event was closed meanwhile");
  }
}
