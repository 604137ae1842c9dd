package dev.sotto.crypto;

import java.util.UUID;

/**
 * Whose keys seal a value: destroying them makes everything sealed for the scope unreadable.
 *
 * @param id our own id, not secret
 * @param workspace our own id of the tenant; of a workspace itself, that of the installation
 */
public record Scope(UUID id, Kind kind, UUID workspace) {

  /** What a scope stands for. The ids are bound into every wrapped key and never change. */
  public enum Kind {
    /** Wraps the keys of one workspace and seals nothing else. */
    WORKSPACE(1),
    /** Blind indexes of one workspace. */
    INDEX(2),
    /** What one person wrote, and the replies to them. */
    PERSON(3),
    /** What comes from several people: summaries, derived memory. */
    CONVERSATION(4),
    /** What belongs to a workspace: assistants, bindings, documents. */
    DATA(5),
    /** What belongs to the operator. */
    INSTALLATION(6),
    /** Signs receipts and seals nothing. */
    SIGNING(7),
    /** Permutes the blind indexes of all workspaces as they stand in tables. */
    PERMUTATION(8);

    private final byte id;

    Kind(int id) {
      this.id = (byte) id;
    }

    byte id() {
      return id;
    }

    /** Whether a new key has to be known to others before it is used. */
    boolean introduced() {
      return seals() || this == PERMUTATION;
    }

    /** Whether its keys seal rows of the data database. */
    boolean seals() {
      return switch (this) {
        case PERSON, CONVERSATION, DATA, INSTALLATION -> true;
        case WORKSPACE, INDEX, SIGNING, PERMUTATION -> false;
      };
    }
  }
}
