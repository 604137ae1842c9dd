package dev.sotto.crypto;

import java.util.UUID;

/**
 * Something that was done to keys and is to be written down. Without content: ids and numbers.
 *
 * @param scope whose key; the id of the installation for the root key
 * @param key the key version that it was done to, 0 where it was done to the scope as a whole
 * @param rows how many rows were sealed anew, or keys wrapped anew, or scopes erased
 */
public record KeyDeed(Act act, UUID scope, Scope.Kind kind, int key, long rows) {

  /** What was done. */
  public enum Act {
    /** A new version became the active one. */
    REPLACED,
    /** A version is known to others, and is used no more for what is new. */
    COMPROMISED,
    /** A version is gone: the database has proved that no row is under it. */
    DESTROYED,
    /** All keys of a scope are gone, and with them what was sealed for it. */
    ERASED,
    /** Another root key wraps the keys of the workspaces. */
    ROOT_REPLACED
  }
}
