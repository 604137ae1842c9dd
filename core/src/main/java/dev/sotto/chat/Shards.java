package dev.sotto.chat;

import java.util.List;

/**
 * Which shards of a platform's bot this program is connected for, among the programs that serve the
 * same bot: each shard is one program's at a time. Any method may fail while the programs cannot
 * speak to each other; what is held stays so for as long as {@link #holds} says it.
 */
public interface Shards {

  /** How many shards there are: the largest number that the platform told any of the programs. */
  int total(Platform platform, int recommended);

  /**
   * Takes what nobody living holds, up to this program's fair share, and answers with all that it
   * holds of this total. Empty for a program that stands by, and for one that stops.
   */
  List<ShardLease> hold(Platform platform, int total);

  /** Whether this program should give one back, because another has had less for a while. */
  boolean tooMany(Platform platform, int total);

  /** Whether a shard is still this program's; tells it at once and by its own clock. */
  boolean holds(ShardLease lease);

  /** Leaves a shard to whoever looks for one first. */
  void release(ShardLease lease);

  /**
   * Asks for the turn to begin a session, which shards of the same bucket have one after the other,
   * whichever program they are in. Whoever gets it says when the session has {@link #begun}.
   *
   * @return false when it is another's turn, or the last one was too short a time ago
   */
  boolean mayBegin(Platform platform, int bucket);

  /** The session has begun, or will not. */
  void begun(Platform platform, int bucket);
}
