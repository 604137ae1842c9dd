package dev.sotto.memory;

import java.time.Instant;
import java.util.List;

/**
 * What is remembered, oldest first.
 *
 * @param damaged how many stored messages failed their integrity check and were left out
 */
public record Recollection(List<Said> said, int damaged) {
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
