package dev.sotto.audit;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import dev.sotto.crypto.IntegrityException;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The end of the log and where it says that it stands, while nobody appends. */
@Singleton
@Transactional(propagation = REQUIRES_NEW)
class LogEnd {
  private final EntryRows entries;
  private final States states;

  LogEnd(EntryRows entries, States states) {
    this.entries = entries;
    this.states = states;
  }

  /**
   * What was appended meanwhile, and the end.
   *
   * @param state empty if it is gone or broken
   */
  record Rest(List<EntryRow> rows, Optional<Position> state) {}

  Rest after(Place place, UUID id) {
    Optional<Position> state = state();
    return new Rest(entries.after(place.segment(), place.seq(), id), state);
  }

  private Optional<Position> state() {
    try {
      return Optional.of(states.open(states.lock()).map(Position::of).orElse(Position.ORIGIN));
    } catch (IntegrityException | AuditException e) {
      return Optional.empty();
    }
  }
}
