package dev.sotto.audit;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import dev.sotto.crypto.ChainKeys;
import dev.sotto.crypto.ChainMac;
import dev.sotto.crypto.ChainState;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Appends to the log, one writer at a time over all replicas. Each call is one transaction of its
 * own: the entry and where the log stands change together. It refuses to append to a log that is
 * not as this process knows it.
 */
@Singleton
@Transactional(propagation = REQUIRES_NEW)
class Appender {
  private final EntryRows entries;
  private final States states;
  private final Scribe scribe;
  private final ChainKeys keys;
  private final Witness witness;

  Appender(EntryRows entries, States states, Scribe scribe, ChainKeys keys, Witness witness) {
    this.entries = entries;
    this.states = states;
    this.scribe = scribe;
    this.keys = keys;
    this.witness = witness;
  }

  /** Where the log stands afterwards; empty, and nothing done, where the same stands there. */
  Optional<Position> append(Draft draft) {
    StateRow row = states.lock();
    if (draft.once().filter(it -> entries.countOnce(scribe.forms(it)) > 0).isPresent()) {
      return Optional.empty();
    }
    ChainState after = add(current(row), draft);
    states.put(row, after);
    return Optional.of(Position.of(after));
  }

  /** Ends the segment that stands and begins another, under a new first key. */
  Position rotate() {
    StateRow row = states.lock();
    ChainState state = current(row);
    String number = Integer.toString(state.segment());
    ChainState closed = add(state, Note.ofProgram(Action.SEGMENT_CLOSED, number, ""));
    ChainState begun = begin(state.segment() + 1, closed.last());
    states.put(row, begun);
    return Position.of(begun);
  }

  private ChainState current(StateRow row) {
    Optional<ChainState> stored = states.open(row);
    Position position = stored.map(Position::of).orElse(Position.ORIGIN);
    refuseWhatDoesNotFit(position);
    if (witness.last().isEmpty()) {
      witness.begin(position);
      return stored
          .map(it -> add(it, Note.ofProgram(Action.ANCHOR_BEGUN, position.place().toString(), "")))
          .orElseGet(() -> begin(1, ChainMac.none()));
    }
    return stored.orElseGet(() -> begin(1, ChainMac.none()));
  }

  private void refuseWhatDoesNotFit(Position position) {
    Position end =
        entries.newest(1).stream()
            .findFirst()
            .map(it -> new Position(it.place(), mac(it)))
            .orElse(Position.ORIGIN);
    if (!end.equals(position)) {
      throw new AuditException(
          "ends at %s, and not as its state of %s has it".formatted(end.place(), position.place()));
    }
    witness
        .last()
        .filter(it -> !extendedBy(position, it))
        .ifPresent(it -> {
          throw new AuditException(
              "ends at %s, but %s was there: its end was cut off, or an older state was put back"
                  .formatted(position.place(), it.place()));
        });
  }

  /** Whether what was known still stands in a log that ends there. */
  private boolean extendedBy(Position end, Position known) {
    int order = known.place().compareTo(end.place());
    if (order == 0 || known.equals(Position.ORIGIN)) {
      return order < 0 || known.equals(end);
    }
    return order < 0
        && entries
            .findBySegmentAndSeq(known.place().segment(), known.place().seq())
            .filter(it -> known.mac().equals(it.mac()))
            .isPresent();
  }

  private ChainState begin(int segment, ChainMac before) {
    ChainState state = new ChainState(segment, 0, before, keys.begin(segment));
    String link = segment == 1 ? "" : "after " + before.hex();
    return add(state, Note.ofProgram(Action.SEGMENT_BEGUN, Integer.toString(segment), link));
  }

  private ChainState add(ChainState state, Note note) {
    return add(state, scribe.draft(note, Optional.empty()));
  }

  private ChainState add(ChainState state, Draft draft) {
    EntryRow row = scribe.row(draft, state);
    entries.save(row);
    return state.after(mac(row));
  }

  private static ChainMac mac(EntryRow row) {
    return Optional.ofNullable(row.mac())
        .orElseThrow(() -> new AuditException("has an entry without MAC at " + row.place()));
  }
}
