package dev.sotto.crypto;

import dev.sotto.crypto.root.RootKey;

/** What the root key wraps beside the keys of the workspaces: a new root key wraps it anew. */
interface RootWrapped {

  /**
   * Wraps anew what is not under the new root key yet, and says how much that was. May be cut off
   * anywhere; called again it goes on.
   *
   * @throws IntegrityException something was not wrapped by the old one
   */
  int rewrap(RootKey from, RootKey to);
}
