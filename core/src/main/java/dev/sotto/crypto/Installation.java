package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * This installation and its root key. Made on the first start, when neither database holds
 * anything; checked on every later one before anything else of this package works.
 */
@Singleton
final class Installation {
  private final UUID id;
  private final RootKey root;
  private final boolean created;

  /**
   * @throws RootKeyException there is data, but not its root key or not its key store
   */
  Installation(
      InstallationRows rows,
      ShadowRows shadows,
      RootKeys roots,
      Binding binding,
      Ids ids,
      Clock clock) {
    Optional<InstallationRow> found = rows.findByOnlyOne(true);
    if (found.isEmpty() && !shadows.any().isEmpty()) {
      throw new RootKeyException(
          "the key store is empty, but sealed data exists; restore it, or mend datasources.keys");
    }
    this.root = found.isEmpty() ? roots.openOrCreate() : roots.open();
    this.created = found.isEmpty() && rows.add(first(ids.next(), binding, clock)) == 1;
    InstallationRow row = found.or(() -> rows.findByOnlyOne(true)).orElseThrow();
    this.id = row.id();
    prove(row, binding);
  }

  private void prove(InstallationRow row, Binding binding) {
    try {
      root.unwrap(row.proof().bytes(), binding.ofProof(row.id()));
    } catch (GeneralSecurityException e) {
      throw new RootKeyException(
          root.location() + " is not the key that this data was sealed with", e);
    }
  }

  private InstallationRow first(UUID id, Binding binding, Clock clock) {
    byte[] proof = root.wrap(new byte[0], binding.ofProof(id));
    return new InstallationRow(true, id, root.id(), new Ciphertext(proof), clock.instant());
  }

  UUID id() {
    return id;
  }

  RootKey root() {
    return root;
  }

  /** Whether this start was the first. */
  boolean created() {
    return created;
  }
}
