package dev.sotto.sandbox.side;

/** What a test can do to the WebSocket connections of one platform. */
public interface Sockets {

  /** How many are connected and would be given an event now. */
  int open();

  /** Ends every connection at once, without a closing handshake. */
  void drop();

  /**
   * Leaves every present connection half open: it stays up, but nothing is heard, answered or sent
   * on it any more. New connections are not affected.
   */
  void freeze();

  /** Keeps events back until {@link #release}; at most 1,000 are kept, the oldest go first. */
  void hold();

  /** Delivers what was kept back, in order. */
  void release();

  /** Delivers the last event once more, with the id it had. */
  void redeliver();
}
