package dev.sotto.audit;

import dev.sotto.crypto.ChainKey;
import dev.sotto.crypto.ChainKeys;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.IntegrityException;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Checks the whole log against its keys, against where it says that it stands, and against its
 * anchors. Others may append meanwhile.
 */
@Singleton
class Verifier {
  private static final Place BEFORE = new Place(Integer.MIN_VALUE, Long.MIN_VALUE);
  private static final UUID LEAST = new UUID(0, 0);

  private final EntryRows entries;
  private final LogEnd end;
  private final Scribe scribe;
  private final ChainKeys keys;
  private final Witness witness;

  Verifier(EntryRows entries, LogEnd end, Scribe scribe, ChainKeys keys, Witness witness) {
    this.entries = entries;
    this.end = end;
    this.scribe = scribe;
    this.keys = keys;
    this.witness = witness;
  }

  Verification verify() {
    Walk walk = walk(keys::first, witness.anchors());
    try {
      if (entries.nowhere() > 0) {
        walk.find("an entry stands nowhere in the log");
      }
      return walk.end(takeAll(walk), anchored());
    } catch (DataAccessException e) {
      walk.find("what stands after %s cannot be read".formatted(walk.place()));
      return walk.end(Optional.empty(), anchored());
    }
  }

  private boolean anchored() {
    return !witness.anchors().isEmpty();
  }

  /** Where the log says that it stands. */
  private Optional<Position> takeAll(Walk walk) {
    Place place = BEFORE;
    UUID id = LEAST;
    while (true) {
      for (List<EntryRow> page = page(place, id); !page.isEmpty(); page = page(place, id)) {
        page.forEach(it -> take(walk, it));
        place = page.getLast().place();
        id = page.getLast().id();
      }
      LogEnd.Rest rest = end.after(place, id);
      if (rest.rows().size() < EntryRows.PAGE) {
        rest.rows().forEach(it -> take(walk, it));
        return rest.state();
      }
    }
  }

  Walk walk(IntFunction<Optional<ChainKey>> firstKeys, List<Position> anchors) {
    return new Walk(firstKeys, anchors);
  }

  private List<EntryRow> page(Place place, UUID id) {
    return entries.after(place.segment(), place.seq(), id);
  }

  private void take(Walk walk, EntryRow row) {
    try {
      walk.take(scribe.entry(row));
    } catch (IntegrityException | ErasedException | AuditException e) {
      walk.takeUnreadable(row.place(), Optional.ofNullable(row.mac()));
    }
  }
}
