package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Marks keys that others know, and writes that down. */
@Singleton
final class Compromise {
  private final VersionRows versions;
  private final ShadowRows shadows;
  private final List<KeyLedger> ledgers;
  private final Clock clock;

  Compromise(VersionRows versions, ShadowRows shadows, List<KeyLedger> ledgers, Clock clock) {
    this.versions = versions;
    this.shadows = shadows;
    this.ledgers = ledgers;
    this.clock = clock;
  }

  /** What was begun before that time is not taken up: it is as well known as what is in use. */
  void begun(ScopeRow scope, Instant before) {
    versions.findByScopeIdAndState(scope.id(), KeyState.PRE_ACTIVE).stream()
        .filter(version -> version.createdAt().isBefore(before))
        .forEach(version -> mark(scope, version, before));
  }

  /** Marks a replaced version, which opens what it sealed until that is sealed again. */
  Rotation replaced(ScopeRow scope, VersionRow version, Instant before) {
    if (version.state() == KeyState.DECRYPT_ONLY) {
      mark(scope, version, before);
    }
    return Rotation.NOTHING;
  }

  private void mark(ScopeRow scope, VersionRow version, Instant before) {
    int key = version.keyId();
    KeyDeed deed = new KeyDeed(KeyDeed.Act.COMPROMISED, scope.id(), scope.kind(), key, 0);
    ledgers.forEach(ledger -> ledger.record(deed));
    versions.compromise(scope.id(), key, before, clock.instant());
    shadows.compromise(scope.id(), key);
  }
}
