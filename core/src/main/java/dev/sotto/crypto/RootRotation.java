package dev.sotto.crypto;

import java.util.Optional;

/** Puts another root key in the place of the present one. */
public interface RootRotation {

  /**
   * Wraps the keys of all workspaces under another root key. May be cut off anywhere; called again
   * it goes on.
   *
   * @param to where the new one lies; a new one in the same place where it is not said
   */
  Rotation rotate(Optional<String> to, Progress progress);
}
