package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import dev.sotto.crypto.Roots.Named;
import dev.sotto.crypto.root.RootKeyException;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** The steps of replacing the root key that are one transaction each, and one process at a time. */
@Singleton
@Transactional(value = "keys", propagation = REQUIRES_NEW)
class RootSteps {
  private final Installation installation;
  private final InstallationRows installations;
  private final RootRows rows;
  private final RewrapRows rewraps;
  private final RootFinder finder;
  private final Clock clock;

  RootSteps(
      Installation installation,
      InstallationRows installations,
      RootRows rows,
      RewrapRows rewraps,
      RootFinder finder,
      Clock clock) {
    this.installation = installation;
    this.installations = installations;
    this.rows = rows;
    this.rewraps = rewraps;
    this.finder = finder;
    this.clock = clock;
  }

  /**
   * Takes up the change that was begun, or begins one: from here on the new root key wraps.
   *
   * @throws RootKeyException another change was begun and is not done
   */
  Roots begin(Optional<String> to) {
    rows.lock();
    Roots roots = installation.root();
    if (roots.before().isPresent()) {
      if (to.isPresent() && !to.get().equals(roots.location())) {
        throw new RootKeyException(
            "a change to " + roots.location() + " was begun; finish it first, without an address");
      }
      return roots;
    }
    return change(roots.now(), finder.next(roots.now(), to));
  }

  private Roots change(Named now, Named next) {
    InstallationRow row = installations.findByOnlyOne(true).orElseThrow();
    rows.name(next.id());
    rows.comeBack(next.id());
    rows.begin(
        new RootChangeRow(
            true,
            next.id(),
            finder.proof(row.id(), next.key()),
            finder.sealed(row, next.key(), now.key().location()),
            finder.sealed(row, now.key(), next.key().location()),
            clock.instant()));
    return new Roots(next, Optional.of(now));
  }

  /** Lets go of the old root key; false, and nothing done, while it still wraps something. */
  boolean finish(Roots roots) {
    Named before = roots.before().orElseThrow();
    rows.lock();
    Optional<RootChangeRow> change = rows.change().filter(it -> it.rootId().equals(roots.id()));
    if (change.isEmpty()) {
      return true;
    }
    rewraps.moveDestroyed(before.id(), roots.id());
    if (rows.wrappedBy(before.id()) > 0) {
      return false;
    }
    rows.replace(before.id(), roots.id(), change.get().nextProof());
    rows.leave(before.id(), change.get().destination(), clock.instant());
    rows.end();
    rows.letGo(before.id());
    return true;
  }
}
