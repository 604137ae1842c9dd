package dev.sotto.inbox;

/** The event was closed meanwhile, by a deletion or by another worker: there is nothing to do. */
final class SupersededException extends RuntimeException {
  SupersededException() {
    super("the event was closed meanwhile");
  }
}
