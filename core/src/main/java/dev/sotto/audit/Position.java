package dev.sotto.audit;

import dev.sotto.crypto.ChainMac;
import dev.sotto.crypto.ChainState;

/** An entry's place and MAC: what an anchor holds of it. */
record Position(Place place, ChainMac mac) {
  /** Before the first entry of all. */
  static final Position ORIGIN = new Position(new Place(0, 0), ChainMac.none());

  static Position of(ChainState state) {
    return new Position(new Place(state.segment(), state.seq()), state.last());
  }
}
