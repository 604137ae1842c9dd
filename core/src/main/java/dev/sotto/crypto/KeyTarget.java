package dev.sotto.crypto;

import java.util.Optional;
import java.util.UUID;

/** Whose keys are to be replaced. */
public sealed interface KeyTarget {

  /** The keys of everything that is sealed, the installation's included. */
  record All() implements KeyTarget {}

  /**
   * The keys of the persons, the conversations and the data of one workspace.
   *
   * @param key as the platform names it, such as {@code slack:T1}
   */
  record Workspace(String key) implements KeyTarget {
    /** Without the platform's name: it is written down nowhere. */
    @Override
    public String toString() {
      return "Workspace[]";
    }
  }

  /** The key of one person, conversation or workspace's data. */
  record OneScope(UUID scope) implements KeyTarget {}

  /** The keys that wrap the keys of each workspace. */
  record WorkspaceKeys() implements KeyTarget {}

  /**
   * The root key.
   *
   * @param to where the new one lies; a new one in the same place where it is not said
   */
  record Root(Optional<String> to) implements KeyTarget {}

  /** The key of the installation under which blind indexes stand. */
  record IndexKey() implements KeyTarget {}

  /** The key of the audit log. */
  record AuditKey() implements KeyTarget {}
}
