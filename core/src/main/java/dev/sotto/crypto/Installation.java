package dev.sotto.crypto;

import dev.sotto.crypto.root.RootKey;
import dev.sotto.crypto.root.RootKeyException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * This installation and its root key. Made on the first start, when neither database holds
 * anything; checked on every later one before anything else of this package works.
 */
@Singleton
final class Installation {
  private final UUID id;
  private final boolean created;
  private final InstallationRows rows;
  private final RootRows rootRows;
  private final RootFinder finder;
  private final AtomicReference<Roots> roots;

  /**
   * @throws RootKeyException there is data, but not its root key or not its key store
   */
  Installation(
      InstallationRows rows,
      ShadowRows shadows,
      RootRows rootRows,
      RootFinder finder,
      Ids ids,
      Clock clock) {
    this.rows = rows;
    this.rootRows = rootRows;
    this.finder = finder;
    Optional<InstallationRow> found = rows.findByOnlyOne(true);
    if (found.isEmpty() && !shadows.any().isEmpty()) {
      throw new RootKeyException(
          "the key store is empty, but sealed data exists; restore it, or mend datasources.keys");
    }
    this.created = found.isEmpty() && rows.add(first(ids.next(), clock)) == 1;
    InstallationRow row = found.or(() -> rows.findByOnlyOne(true)).orElseThrow();
    this.id = row.id();
    this.roots = new AtomicReference<>(finder.open(row));
  }

  private InstallationRow first(UUID id, Clock clock) {
    RootKey root = finder.create();
    rootRows.name(root.id());
    return new InstallationRow(true, id, root.id(), finder.proof(id, root), clock.instant());
  }

  UUID id() {
    return id;
  }

  /**
   * The root key, as it is now: also when another process has replaced it. Hold on to what this
   * returns from wrapping a key until that key is stored with {@link RootKey#id}.
   */
  Roots root() {
    Roots known = roots.get();
    InstallationRow row = rows.findByOnlyOne(true).orElseThrow();
    String wraps = rootRows.change().map(RootChangeRow::rootId).orElse(row.rootId());
    boolean changing = !wraps.equals(row.rootId());
    if (known.id().equals(wraps) && known.before().isPresent() == changing) {
      return known;
    }
    return reread(row, known);
  }

  /**
   * Asks the root key for its proof.
   *
   * @throws RootKeyException it is not the one that it was
   */
  void prove() {
    finder.prove(rows.findByOnlyOne(true).orElseThrow(), root());
  }

  /** Takes over what this process itself has changed. */
  void use(Roots changed) {
    roots.set(changed);
  }

  private Roots reread(InstallationRow row, Roots known) {
    Roots found = finder.again(row, known);
    roots.compareAndSet(known, found);
    return found;
  }

  /** Whether this start was the first. */
  boolean created() {
    return created;
  }
}
