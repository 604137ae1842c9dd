package dev.sotto.crypto;

import java.util.UUID;

/**
 * Whose keys a rotation replaces, as it is written down for the one that goes on with it.
 *
 * @param of a workspace or a scope, or {@link #EVERY}
 */
record Aim(Kind kind, UUID of) {
  static final UUID EVERY = new UUID(0, 0);
  static final Aim ALL = new Aim(Kind.ALL, EVERY);
  static final Aim WORKSPACE_KEYS = new Aim(Kind.WORKSPACE_KEYS, EVERY);

  /** The key that permutes blind indexes. */
  static final Aim INDEX = new Aim(Kind.INDEX, EVERY);

  enum Kind {
    ALL,
    WORKSPACE,
    SCOPE,
    WORKSPACE_KEYS,
    INDEX
  }

  static Aim workspace(UUID workspace) {
    return new Aim(Kind.WORKSPACE, workspace);
  }

  static Aim scope(UUID scope) {
    return new Aim(Kind.SCOPE, scope);
  }

  /** The key that wraps those of one workspace. */
  static Aim wrapperOf(UUID workspace) {
    return new Aim(Kind.WORKSPACE_KEYS, workspace);
  }

  boolean every() {
    return of.equals(EVERY);
  }

  /** Whether it is about keys that wrap others, and not about those that seal rows. */
  boolean wraps() {
    return kind == Kind.WORKSPACE_KEYS;
  }

  String words() {
    return switch (kind) {
      case ALL -> "all";
      case WORKSPACE -> "workspace " + of;
      case SCOPE -> "scope " + of;
      case INDEX -> "index";
      case WORKSPACE_KEYS -> every() ? "workspace keys" : "workspace key " + of;
    };
  }
}
