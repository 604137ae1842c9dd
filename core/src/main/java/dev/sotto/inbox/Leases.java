package dev.sotto.inbox;

import dev.sotto.crypto.Vault;
import dev.sotto.telemetry.Occurrence;
import dev.sotto.telemetry.Telemetry;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who works which lane. A lane stands in the database while something waits in it, so that whoever
 * finds one without a living holder has found what is to be done.
 */
@Singleton
class Leases {
  private static final int TRIES = 10;

  private final LaneRows rows;
  private final Replica replica;
  private final Vault vault;
  private final Telemetry telemetry;

  Leases(LaneRows rows, Replica replica, Vault vault, Telemetry telemetry) {
    this.rows = rows;
    this.replica = replica;
    this.vault = vault;
    this.telemetry = telemetry;
  }

  /**
   * A lane that is ours from now on.
   *
   * @param anew whether nothing waited in it before
   */
  record Claim(Lease lease, boolean anew) {}

  /** A name for claims to come. Not within a transaction. */
  UUID holder() {
    return replica.id();
  }

  /**
   * Makes sure within the caller's transaction that somebody works a lane, and that whoever does
   * sees what this transaction puts into it. Empty when it is worked already.
   */
  Optional<Claim> claim(UUID lane, UUID holder) {
    Lease lease = new Lease(lane, holder, vault.newId());
    for (int i = 0; i < TRIES; i++) {
      if (rows.create(lane, holder, lease.fence()) == 1) {
        return Optional.of(new Claim(lease, true));
      }
      if (rows.hold(lane).isPresent()) {
        return rows.takeOver(lane, holder, lease.fence()) == 1
            ? Optional.of(new Claim(lease, false))
            : Optional.empty();
      }
    }
    throw new IllegalStateException("a lane comes and goes faster than it can be held");
  }

  /** Lanes whose holder is dead. */
  List<UUID> orphaned(int most) {
    return rows.orphaned(most);
  }

  /** Takes a lane of a dead holder; empty when another was faster. */
  @Transactional
  Optional<Lease> takeOver(UUID lane, UUID holder) {
    Lease lease = new Lease(lane, holder, vault.newId());
    if (rows.takeOver(lane, holder, lease.fence()) == 0) {
      return Optional.empty();
    }
    telemetry.count(Occurrence.TAKEOVER, 1);
    return Optional.of(lease);
  }

  /**
   * Takes a lane that is this holder's and that nobody works.
   *
   * @param worked the fence under which it is worked, if it is
   */
  @Transactional
  Optional<Lease> reclaim(UUID lane, UUID holder, Optional<UUID> worked) {
    return rows.hold(lane)
        .filter(it -> it.replicaId().equals(holder) && !Optional.of(it.fence()).equals(worked))
        .map(_ -> refenced(lane, holder));
  }

  private Lease refenced(UUID lane, UUID holder) {
    Lease lease = new Lease(lane, holder, vault.newId());
    rows.refence(lane, lease.fence());
    return lease;
  }

  /**
   * Nobody takes the lane before the caller's transaction ends.
   *
   * @throws LeaseLostException somebody has
   */
  void hold(Lease lease) {
    boolean ours =
        replica.holds(lease)
            && rows.hold(lease.lane()).filter(it -> it.fence().equals(lease.fence())).isPresent();
    if (!ours) {
      throw new LeaseLostException();
    }
  }

  /**
   * What is to be shown may be shown, as far as can be told without the database.
   *
   * @throws LeaseLostException another may be showing it
   */
  void check(Lease lease) {
    if (!replica.holds(lease)) {
      throw new LeaseLostException();
    }
  }

  /** Nothing waits in the lane any more. */
  void release(Lease lease) {
    rows.release(lease.lane(), lease.fence());
  }

  /** Begins another lane beside, or again, within the caller's transaction. */
  Lease beside(Lease lease, UUID lane) {
    Lease beside = new Lease(lane, lease.replica(), vault.newId());
    if (rows.create(lane, beside.replica(), beside.fence()) == 0) {
      rows.refence(lane, beside.fence());
    }
    return beside;
  }

  /** Whether the database answers. */
  boolean reachable() {
    try {
      var _ = replica.beat();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
