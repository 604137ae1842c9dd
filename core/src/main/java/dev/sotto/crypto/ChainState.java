package dev.sotto.crypto;

/**
 * Where a chain stands: all that is needed to go on with it, and nothing to change what stands.
 *
 * @param segment which part of the chain; each has a first key of its own
 * @param seq the number of its last link, 0 before the first
 * @param last the MAC of that link; of a segment that just begins, of the one before it
 * @param key of the link that comes next
 */
public record ChainState(int segment, long seq, ChainMac last, ChainKey key) {

  /** After one more link. */
  public ChainState after(ChainMac mac) {
    return new ChainState(segment, seq + 1, mac, key.next());
  }
}
