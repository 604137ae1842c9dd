package dev.sotto.crypto;

/**
 * The life of a key version, after NIST SP 800-57 part 1, section 7. Other moves than these are
 * refused here and by the schema.
 */
public enum KeyState {
  /** Kept, not yet used. */
  PRE_ACTIVE,
  /** Seals and opens; one in a scope. */
  ACTIVE,
  /** Opens what it sealed, until everything is sealed anew. */
  DECRYPT_ONLY,
  /** Known to others: opens what it sealed, so that it can be sealed anew first. */
  COMPROMISED,
  /** Gone for ever; the name remains. */
  DESTROYED;

  /** Whether a version may go from this state to the next. */
  public boolean mayBecome(KeyState next) {
    return switch (this) {
      case PRE_ACTIVE -> next == ACTIVE || next == COMPROMISED || next == DESTROYED;
      case ACTIVE -> next == DECRYPT_ONLY || next == COMPROMISED || next == DESTROYED;
      case DECRYPT_ONLY -> next == COMPROMISED || next == DESTROYED;
      case COMPROMISED -> next == DESTROYED;
      case DESTROYED -> false;
    };
  }
}
