package dev.sotto.memory;

import dev.sotto.crypto.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a summary is to be made of.
 *
 * @param epoch that of the conversation when this was read
 * @param reachesSeq the first message that is not in it
 * @param oldestAt when the oldest message in it was said
 * @param expiresAt when the first message in it has had its time
 * @param before the summary so far, empty if there is none
 * @param said what is to be added, oldest first
 */
public record Fold(
    UUID conversation,
    Scope scope,
    long epoch,
    long reachesSeq,
    Instant oldestAt,
    Instant expiresAt,
    String before,
    List<Recollection.Said> said) {
  public Fold {
    said = List.copyOf(said);
  }

  @Override
  public String toString() {
    return "Fold[" + said.size() + " said]";
  }
}
