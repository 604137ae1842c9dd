package dev.sotto.audit;

import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.ChainMac;
import dev.sotto.crypto.ChainState;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.KeyDeed;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Seals what an entry says and opens it again. */
@Singleton
class Scribe {
  private static final int VERSION = 1;
  private static final int WORDS = 3;

  /** Between the words of an entry; {@link Note} lets none into them. */
  private static final String BETWEEN = "\u001f";

  private final Vault vault;
  private final Clock clock;

  Scribe(Vault vault, Clock clock) {
    this.vault = vault;
    this.clock = clock;
  }

  /** Our own id of whose log this is. */
  UUID owner() {
    return vault.installation().id();
  }

  Cell cell(Field field, UUID row, int version) {
    return new Cell(field, vault.installation(), row, version);
  }

  /**
   * What a deed is known again by. A root key can be replaced any number of times, and no version
   * tells one from the other.
   */
  Optional<Fingerprint> once(KeyDeed deed) {
    if (deed.act() == KeyDeed.Act.ROOT_REPLACED && deed.key() == 0) {
      return Optional.empty();
    }
    String scope = deed.scope().toString();
    return Optional.of(
        vault.fingerprint(Domain.AUDIT, deed.act().name(), scope, Integer.toString(deed.key())));
  }

  /** In which forms it may stand, the one to write first. */
  List<BlindIndex> forms(Fingerprint once) {
    return vault.indexes().forms(once);
  }

  Draft draft(Note note, Optional<Fingerprint> once) {
    UUID id = vault.newId();
    String words = String.join(BETWEEN, note.actor(), note.object(), note.reason());
    return new Draft(
        id,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        note,
        once,
        vault.seal(cell(Field.AUDIT, id, VERSION), words));
  }

  /** The row of a draft, as the link of a chain that comes next. */
  EntryRow row(Draft draft, ChainState state) {
    Place place = new Place(state.segment(), state.seq() + 1);
    String once = draft.once().map(Fingerprint::key).orElse("");
    AuditEntry entry =
        new AuditEntry(draft.id(), place, draft.at(), draft.note(), once, Optional.empty());
    ChainMac mac = state.key().mac(entry.canon(), state.last());
    return new EntryRow(
        draft.id(),
        place.segment(),
        place.seq(),
        draft.at(),
        draft.note().action(),
        draft.note().outcome(),
        mac,
        draft.once().map(it -> forms(it).getFirst()).orElse(null),
        owner(),
        draft.body().keyId(),
        VERSION,
        draft.body());
  }

  /**
   * Opens a row; whether its MAC is right is not looked at.
   *
   * @throws IntegrityException what it says was not sealed for it
   */
  AuditEntry entry(EntryRow row) {
    UUID owner = row.scopeId();
    String text =
        vault.open(
            new Cell(Field.AUDIT, vault.scope(owner), row.id(), row.rowVersion()), row.body());
    String[] words = text.split(BETWEEN, -1);
    if (words.length != WORDS || !owner.equals(owner())) {
      throw new AuditException("has an entry of another kind at " + row.place());
    }
    Note note = new Note(row.action(), row.outcome(), words[0], words[1], words[2]);
    String once =
        Optional.ofNullable(row.once()).map(it -> vault.indexes().fingerprint(it).key()).orElse("");
    Optional<ChainMac> mac = Optional.ofNullable(row.mac());
    return new AuditEntry(row.id(), row.place(), row.at(), note, once, mac);
  }
}
