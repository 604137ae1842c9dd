package dev.sotto.memory;

import dev.sotto.crypto.BlindIndex;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is to be taken away from conversations, or to be said in other words. */
sealed interface Removal {

  /** Whether it means a row, by what the row's link proves of it. */
  boolean means(LinkRow row);

  /** Whether a summary that was made of it goes too. */
  default boolean endsSummary() {
    return true;
  }

  /** What becomes of a row that stays. */
  default LinkRow kept(LinkRow row) {
    return row;
  }

  /** All that is sealed for a person. */
  record Of(UUID scope) implements Removal {
    @Override
    public boolean means(LinkRow row) {
      return row.scopeId().equals(scope);
    }
  }

  /**
   * A message of the platform, and the answer to it.
   *
   * @param source in every form in which it may stand
   */
  record With(List<BlindIndex> source) implements Removal {
    public With {
      source = List.copyOf(source);
    }

    @Override
    public boolean means(LinkRow row) {
      return source.contains(row.source());
    }
  }

  /**
   * Nothing goes; what a person wrote in a message of the platform takes other words.
   *
   * @param source in every form in which it may stand
   */
  record Reworded(List<BlindIndex> source, String text) implements Removal {
    public Reworded {
      source = List.copyOf(source);
    }

    @Override
    public boolean means(LinkRow row) {
      return false;
    }

    @Override
    public LinkRow kept(LinkRow row) {
      boolean theirs = row.role() == Recollection.Role.PERSON && source.contains(row.source());
      return theirs ? row.next() : row;
    }

    @Override
    public String toString() {
      return "Reworded";
    }
  }

  /** What has had its time; its summaries hold no longer either. */
  record Expired(Instant now) implements Removal {
    @Override
    public boolean means(LinkRow row) {
      return !row.expiresAt().isAfter(now);
    }

    @Override
    public boolean endsSummary() {
      return false;
    }
  }
}
