package dev.sotto.memory;

import java.time.Instant;
import java.util.List;

/**
 * What is remembered, oldest first.
 *
 * @param damaged how many stored messages failed their integrity check and were left out
 * @param broken whether something that was said before is missing or was changed
 */
public record Recollection(List<Said> said, int damaged, boolean broken) {
  static final Recollection NOTHING = new Recollection(List.of(), 0, false);

  public Recollection {
    said = List.copyOf(said);
  }

  /** Who said it. */
  public enum Role {
    PERSON,
    ASSISTANT
  }

  /** One message. */
  public record Said(Role role, String text, Instant at) {
    @Override
    public String toString() {
      return "Said[" + role + "]";
    }
  }
}
