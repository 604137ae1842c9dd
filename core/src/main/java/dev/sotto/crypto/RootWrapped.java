package dev.sotto.crypto;

import dev.sotto.crypto.root.RootKey;

/** What the root key wraps beside the keys of the workspaces: a new root key wraps it anew. */
interface RootWrapped {

  /**
   * Wraps anew what is not under the root key yet, and says how much that was. May be cut off
   * anywhere; called again it goes on.
   *
   * @param root wraps by the new one, and opens also what the one before has wrapped
   * @throws IntegrityException something was wrapped by neither
   */
  int rewrap(RootKey root);
}
