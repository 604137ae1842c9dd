package dev.sotto.audit;

import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.KeyDeed;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who did what and when. What is written stands when the call returns, in a transaction of its own;
 * who cannot write does not do what was to be written down. Thread-safe; several replicas append to
 * one log in order. An append costs a commit or two and has no place on the way of a message.
 */
@Singleton
public class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  /** The most that {@link #newest} shows. */
  public static final int MOST = 50;

  private static final int TRIES = 3;

  private final EntryRows entries;
  private final Appender appender;
  private final Verifier verifier;
  private final Scribe scribe;
  private final Witness witness;

  AuditLog(
      EntryRows entries, Appender appender, Verifier verifier, Scribe scribe, Witness witness) {
    this.entries = entries;
    this.appender = appender;
    this.verifier = verifier;
    this.scribe = scribe;
    this.witness = witness;
  }

  /**
   * Writes something down.
   *
   * @throws AuditException the log is not as this process knows it; nothing was written
   * @throws RuntimeException the database or a key cannot be reached; nothing was written
   */
  public void write(Note note) {
    append(note, Optional.empty());
  }

  /** Writes something down; false, and an error in the log, where it could not be. */
  public boolean attempt(Note note) {
    try {
      write(note);
      return true;
    } catch (RuntimeException e) {
      LOG.error("audit: {} is not written down: {}", note, reason(e));
      return false;
    }
  }

  /** Writes a deed down, once however often it is told. */
  void record(KeyDeed deed) {
    Action action =
        switch (deed.act()) {
          case REPLACED -> Action.KEY_REPLACED;
          case COMPROMISED -> Action.KEY_COMPROMISED;
          case DESTROYED -> Action.KEY_DESTROYED;
          case ERASED -> Action.SCOPE_ERASED;
          case ROOT_REPLACED -> Action.ROOT_KEY_REPLACED;
        };
    String kind = deed.kind().name().toLowerCase(Locale.ROOT);
    String object = "%s %s key %d".formatted(kind, deed.scope(), deed.key());
    append(Note.ofProgram(action, object, "rows " + deed.rows()), scribe.once(deed));
  }

  /** Ends the segment that stands and begins another, under a new first key. */
  public void rotate() {
    witness.saw(trying(appender::rotate));
  }

  /** The newest entries, the newest last; whether they verify is not looked at. */
  public List<AuditEntry> newest(int most) {
    List<EntryRow> rows = entries.newest(Math.clamp(most, 1, MOST));
    return rows.reversed().stream().map(this::opened).toList();
  }

  /** Checks the whole log. Never throws for what it finds in it. */
  public Verification verify() {
    Verification verification = verifier.verify();
    verification.findings().forEach(it -> LOG.error("integrity: the audit log: {}", it));
    return verification;
  }

  /** Writes the whole log, as it stands, as lines of JSON. Whether it verifies is not looked at. */
  public long export(Appendable to) throws IOException {
    return new Export(entries, this::opened).write(to);
  }

  private AuditEntry opened(EntryRow row) {
    try {
      return scribe.entry(row);
    } catch (IntegrityException | ErasedException | AuditException e) {
      Note note = new Note(row.action(), row.outcome(), "?", "does not open", "");
      return new AuditEntry(
          row.id(), row.place(), row.at(), note, "", Optional.ofNullable(row.mac()));
    }
  }

  private void append(Note note, Optional<Fingerprint> once) {
    trying(() -> appender.append(scribe.draft(note, once))).ifPresent(witness::saw);
  }

  private static String reason(RuntimeException e) {
    boolean ours = e instanceof AuditException || e instanceof IntegrityException;
    return ours ? String.valueOf(e.getMessage()) : e.getClass().getName();
  }

  /** Again if another was in the way, or the key that sealed was just destroyed. */
  private static <T> T trying(Supplier<T> work) {
    for (int i = 1; ; i++) {
      try {
        return work.get();
      } catch (DataAccessException e) {
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }
}
