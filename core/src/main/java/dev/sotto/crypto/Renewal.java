package dev.sotto.crypto;

import java.util.List;
import java.util.UUID;

/**
 * What a replaced key leaves to do: everything under it is to come under the active one, and then
 * it is to go. Both may be cut off anywhere and done again, by several at once.
 */
interface Renewal {

  /** How much is under replaced keys of these scopes. */
  long pending(List<UUID> scopes);

  /** Brings what is under a replaced key under the active one, while others write. */
  Rotation renew(ScopeRow scope, VersionRow old, Meter meter);

  /**
   * Destroys a replaced key.
   *
   * @throws io.micronaut.data.exceptions.DataAccessException something is under it
   */
  void destroy(ScopeRow scope, VersionRow old);
}
