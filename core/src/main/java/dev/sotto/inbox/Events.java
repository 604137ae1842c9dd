package dev.sotto.inbox;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Reply;
import dev.sotto.conversation.Answer;
import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.BlindIndexes.Forms;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.IndexGuard;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import dev.sotto.memory.Memory;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The rows of the inbox and their states. Each step is one transaction. */
@Singleton
class Events {
  private final Vault vault;
  private final EventRows rows;
  private final Memory memory;
  private final IndexGuard guard;

  Events(Vault vault, EventRows rows, Memory memory, IndexGuard guard) {
    this.vault = vault;
    this.rows = rows;
    this.memory = memory;
    this.guard = guard;
  }

  /** Keeps an event; empty when it, or another event about the same message, is known. */
  Optional<Pending> keep(UUID place, ChatEvent event) {
    String workspace = event.address().workspace().key();
    Scope scope = vault.person(workspace, event.person().id());
    UUID id = vault.newId();
    Kept kept = Kept.of(event);
    Ciphertext body = vault.seal(new Cell(Field.INBOX_EVENT, scope, id, 1), Json.write(kept));
    return create(new Fresh(id, place, scope, body), event) == 1
        ? Optional.of(new Pending(id, EventState.RECEIVED, scope, 1, kept))
        : Optional.empty();
  }

  private record Fresh(UUID id, UUID place, Scope scope, Ciphertext body) {}

  private int create(Fresh row, ChatEvent event) {
    String workspace = event.address().workspace().key();
    Forms known = vault.indexes().of(vault.fingerprint(workspace, Domain.EVENT, event.id()));
    List<Forms> message = message(workspace, event).map(vault.indexes()::of).stream().toList();
    List<BlindIndex> messages = message.stream().flatMap(it -> it.all().stream()).toList();
    return guard.once(
        () -> rows.known(known.all(), messages.isEmpty() ? known.all() : messages) > 0,
        () ->
            rows.create(
                row.id(),
                row.place(),
                known.written(),
                messages.isEmpty() ? null : messages.getFirst(),
                event.at(),
                row.scope().id(),
                row.body().keyId(),
                row.body()),
        Stream.concat(Stream.of(known), message.stream()).toArray(Forms[]::new));
  }

  /**
   * An event that is still to be answered or shown.
   *
   * @throws IntegrityException its row does not verify
   */
  Optional<Pending> load(UUID id) {
    return rows.findById(id).flatMap(this::open);
  }

  /** Where the events that are not done belong, in the order of their arrival. */
  List<EventRow> open(int most) {
    return rows.open(most);
  }

  /** Writes down that a message of the platform shows (a part of) the answer. */
  Pending shown(Pending pending, String messageId) {
    return advance(pending, pending.state(), pending.kept().alsoShown(messageId));
  }

  /** Keeps the answer with its event and remembers the turn, both or neither. */
  @Transactional
  Pending answered(Pending pending, Answer answer) {
    Pending next =
        advance(pending, EventState.ANSWERED, pending.kept().answeredWith(answer.reply()));
    answer.exchange().ifPresent(it -> memory.remember(it, pending.scope()));
    return next;
  }

  /** Keeps what a command came to with its event. */
  void carriedOut(Pending pending, Reply reply) {
    advance(pending, EventState.ANSWERED, pending.kept().answeredWith(reply));
  }

  void close(UUID id, EventState state) {
    rows.close(id, state);
  }

  /** A deleted message is neither answered nor remembered. */
  @Transactional
  void forget(ChatEvent.Deletion deletion) {
    Fingerprint message =
        vault.fingerprint(
            deletion.address().workspace().key(), Domain.MESSAGE, deletion.messageId());
    rows.closeOpen(vault.indexes().forms(message));
    memory.forget(deletion.address(), deletion.messageId());
  }

  /**
   * Lets go of what is closed and older, counted from the newest event: after a long absence a
   * platform repeats what was new before it.
   */
  int deleteClosed(Duration olderThan) {
    return rows.newest().map(it -> rows.deleteClosedBefore(it.minus(olderThan))).orElse(0);
  }

  private Pending advance(Pending pending, EventState state, Kept kept) {
    int version = pending.version() + 1;
    Ciphertext body =
        vault.seal(
            new Cell(Field.INBOX_EVENT, pending.scope(), pending.id(), version), Json.write(kept));
    if (rows.advance(pending.id(), state, body.keyId(), pending.version(), body) == 0) {
      throw new SupersededException();
    }
    return new Pending(pending.id(), state, pending.scope(), version, kept);
  }

  private Optional<Pending> open(EventRow row) {
    UUID scopeId = row.scopeId();
    Ciphertext body = row.body();
    if (scopeId == null || body == null) {
      return Optional.empty();
    }
    Scope scope = vault.scope(scopeId);
    Cell cell = new Cell(Field.INBOX_EVENT, scope, row.id(), row.rowVersion());
    Kept kept = Json.read(vault.open(cell, body), Kept.class);
    return Optional.of(new Pending(row.id(), row.state(), scope, row.rowVersion(), kept));
  }

  private Optional<Fingerprint> message(String workspace, ChatEvent event) {
    return switch (event) {
      case ChatEvent.Message it ->
          Optional.of(vault.fingerprint(workspace, Domain.MESSAGE, it.messageId()));
      case ChatEvent.Command _, ChatEvent.Deletion _ -> Optional.empty();
    };
  }
}
