package dev.sotto.assistant;

import dev.sotto.crypto.Alarms;
import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.BlindIndexes;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.IndexGuard;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/**
 * Which assistants were chosen for places, sealed with the place they are for. The version of a
 * choice is anchored, so that an older one is not taken for the last.
 */
@Singleton
class Choices {
  static final String MARK = "choices are anchored";

  private static final UUID NONE = new UUID(0, 0);

  private final Vault vault;
  private final BindingRows rows;
  private final Anchors anchors;
  private final Alarms alarms;
  private final IndexGuard guard;
  private final Provider<Choices> self;

  /**
   * @param self this bean as others see it, with its transactions
   */
  Choices(
      Vault vault,
      BindingRows rows,
      Anchors anchors,
      Alarms alarms,
      IndexGuard guard,
      Provider<Choices> self) {
    this.vault = vault;
    this.rows = rows;
    this.anchors = anchors;
    this.alarms = alarms;
    this.guard = guard;
    this.self = self;
  }

  /**
   * The id of the assistant that was chosen for a place.
   *
   * @throws IntegrityException the choice does not verify, was brought back or is gone
   */
  Optional<String> find(UUID workspace, Fingerprint place) {
    try {
      return read(workspace, place);
    } catch (IntegrityException beingMade) {
      return again(workspace, place);
    }
  }

  /** Replaces the choice for a place. Anchored when it returns. */
  void choose(Scope scope, Fingerprint place, String assistant) {
    long seen = seen(scope.workspace(), place);
    anchors.plant(scope.workspace(), place);
    int version = (int) Math.max(seen, 0) + 1;
    self.get().replace(scope, place, version, assistant);
    anchors.raise(scope.workspace(), place, version);
  }

  @Transactional
  void replace(Scope scope, Fingerprint place, int version, String assistant) {
    UUID id = vault.newId();
    Ciphertext body =
        vault.seal(new Cell(Field.BINDING, scope, id, version), mark(place) + assistant);
    BlindIndexes.Forms forms = vault.indexes().of(place);
    guard.alone(
        () -> {
          rows.delete(forms.all());
          rows.save(new BindingRow(id, forms.written(), scope.id(), body.keyId(), version, body));
        },
        forms);
  }

  /** Anchors what was chosen before there were anchors, once. */
  synchronized void anchor() {
    if (anchors.marked(MARK)) {
      return;
    }
    for (BindingRow row : rows.findAll()) {
      try {
        Scope scope = vault.scope(row.scopeId());
        Fingerprint place = vault.indexes().fingerprint(row.fingerprint());
        String text = open(row);
        boolean anchored = text.startsWith(mark(place));
        choose(scope, place, anchored ? chosen(row, place, text) : text);
      } catch (IntegrityException | ErasedException e) {
        alarms.raise(Field.BINDING, row.id(), "does not verify");
      }
    }
    anchors.mark(MARK);
  }

  private Optional<String> again(UUID workspace, Fingerprint place) {
    try {
      return read(workspace, place);
    } catch (IntegrityException e) {
      alarms.raise(Field.BINDING, NONE, "does not verify, was brought back or is gone");
      throw e;
    }
  }

  private Optional<String> read(UUID workspace, Fingerprint place) {
    long seen = anchors.seen(workspace, place);
    Optional<BindingRow> row = rows.find(vault.indexes().forms(place));
    if (row.isEmpty() && seen > 0) {
      throw IntegrityException.of(Field.BINDING, NONE, "is gone");
    }
    return row.map(it -> {
      if (seen == Anchors.ABSENT || it.rowVersion() < seen) {
        throw IntegrityException.of(Field.BINDING, it.id(), "is older than it was");
      }
      return chosen(it, place, open(it));
    });
  }

  private long seen(UUID workspace, Fingerprint place) {
    try {
      return anchors.seen(workspace, place);
    } catch (IntegrityException e) {
      alarms.raise(Field.BINDING, NONE, "has an anchor that does not verify");
      anchors.drop(place);
      return Anchors.ABSENT;
    }
  }

  private String open(BindingRow row) {
    Scope scope = vault.scope(row.scopeId());
    return vault.open(new Cell(Field.BINDING, scope, row.id(), row.rowVersion()), row.body());
  }

  private static String chosen(BindingRow row, Fingerprint place, String text) {
    String mark = mark(place);
    if (!text.startsWith(mark)) {
      throw IntegrityException.of(Field.BINDING, row.id(), "stands for another place");
    }
    return text.substring(mark.length());
  }

  private static String mark(Fingerprint place) {
    return place.key() + " ";
  }
}
