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
import org.jspecify.annotations.Nullable;

/** The rows of the inbox and their states. Each step is one transaction. */
@Singleton
class Events {
  private final Vault vault;
  private final EventRows rows;
  private final Memory memory;
  private final IndexGuard guard;
  private final Leases leases;

  Events(Vault vault, EventRows rows, Memory memory, IndexGuard guard, Leases leases) {
    this.vault = vault;
    this.rows = rows;
    this.memory = memory;
    this.guard = guard;
    this.leases = leases;
  }

  /**
   * An event that is kept.
   *
   * @param lease of its lane, if this program is to work it from now on
   * @param alone the event, opened, if nothing else waits there
   */
  record Arrival(Optional<Lease> lease, Optional<Pending> alone) {}

  /** Keeps an event; empty when it, or another event about the same message, is known. */
  Optional<Arrival> keep(UUID place, ChatEvent event) {
    String workspace = event.address().workspace().key();
    Scope scope = vault.person(workspace, event.person().id());
    UUID id = vault.newId();
    Kept kept = Kept.of(event);
    Ciphertext body = vault.seal(new Cell(Field.INBOX_EVENT, scope, id, 1), Json.write(kept));
    Fresh row = new Fresh(id, place, scope, body, kept);
    return create(row, leases.holder());
  }

  /** A row that is to be written. */
  record Fresh(UUID id, UUID place, Scope scope, Ciphertext body, Kept kept) {
    private Pending pending(Lease lease) {
      return new Pending(id, lease, EventState.RECEIVED, scope, 1, kept);
    }
  }

  @Transactional
  Optional<Arrival> create(Fresh row, UUID holder) {
    if (insert(row, row.kept().event()) == 0) {
      return Optional.empty();
    }
    Optional<Leases.Claim> claim = leases.claim(row.place(), holder);
    return Optional.of(
        new Arrival(
            claim.map(Leases.Claim::lease),
            claim.filter(Leases.Claim::anew).map(it -> row.pending(it.lease()))));
  }

  private int insert(Fresh row, ChatEvent event) {
    return once(
        event,
        (id, message) ->
            rows.create(
                row.id(),
                row.place(),
                id,
                message,
                event.at(),
                row.scope().id(),
                row.body().keyId(),
                row.body()));
  }

  /** Keeps of an event only what recognises its repeats; empty when it is known. */
  Optional<UUID> refuse(UUID place, ChatEvent event) {
    UUID row = vault.newId();
    int kept = once(event, (id, message) -> rows.refuse(row, place, id, message, event.at()));
    return kept == 0 ? Optional.empty() : Optional.of(row);
  }

  private interface Insertion {
    int of(BlindIndex event, @Nullable BlindIndex message);
  }

  private int once(ChatEvent event, Insertion insertion) {
    String workspace = event.address().workspace().key();
    Forms known = vault.indexes().of(vault.fingerprint(workspace, Domain.EVENT, event.id()));
    List<Forms> message = message(workspace, event).map(vault.indexes()::of).stream().toList();
    List<BlindIndex> messages = message.stream().flatMap(it -> it.all().stream()).toList();
    return guard.once(
        () -> rows.known(known.all(), messages.isEmpty() ? known.all() : messages) > 0,
        () -> insertion.of(known.written(), messages.isEmpty() ? null : messages.getFirst()),
        Stream.concat(Stream.of(known), message.stream()).toArray(Forms[]::new));
  }

  /**
   * An event that is still to be answered or shown.
   *
   * @throws IntegrityException its row does not verify
   */
  Optional<Pending> load(Lease lease, UUID id) {
    return rows.findById(id).flatMap(it -> open(lease, it));
  }

  /**
   * What waits first in a lane that was taken over; that it was begun with is counted. When nothing
   * waits the lane is given back.
   */
  @Transactional
  Optional<Task> begin(Lease lease) {
    leases.hold(lease);
    Optional<Task> first = first(lease);
    first.ifPresent(it -> rows.claimed(it.event()));
    return first;
  }

  /**
   * The event is at its end, unless it left the lane before. The answer is what waits next; when
   * nothing does the lane is given back.
   */
  @Transactional
  Optional<Task> close(Task task, EventState state) {
    leases.hold(task.lease());
    rows.close(task.event(), task.lease().lane(), state);
    return first(task.lease());
  }

  private Optional<Task> first(Lease lease) {
    Optional<EventRow> first = rows.first(lease.lane());
    if (first.isEmpty()) {
      leases.release(lease);
    }
    return first.map(it -> Task.of(it, lease));
  }

  /** Gives an event a lane to itself, so that those behind it do not wait. */
  @Transactional
  Pending aside(Pending pending) {
    leases.hold(pending.lease());
    if (rows.moveTo(pending.id(), pending.id()) == 0) {
      throw new SupersededException();
    }
    return pending.under(leases.beside(pending.lease(), pending.id()));
  }

  /** Writes down that a message of the platform shows (a part of) the answer. */
  @Transactional
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
  @Transactional
  void carriedOut(Pending pending, Reply reply) {
    advance(pending, EventState.ANSWERED, pending.kept().answeredWith(reply));
  }

  /** Whether a message is known that was changed now, or what it led to. */
  boolean knows(ChatEvent.Edit edit) {
    Forms message =
        vault
            .indexes()
            .of(
                vault.fingerprint(
                    edit.address().workspace().key(), Domain.MESSAGE, edit.messageId()));
    return rows.known(message.all(), message.all()) > 0
        || memory.knows(edit.address(), edit.messageId());
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

  /** How many events are not at their end. */
  long waiting() {
    return rows.waiting();
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
    leases.hold(pending.lease());
    if (rows.advance(pending.id(), state, body.keyId(), pending.version(), body) == 0) {
      throw new SupersededException();
    }
    return new Pending(pending.id(), pending.lease(), state, pending.scope(), version, kept);
  }

  private Optional<Pending> open(Lease lease, EventRow row) {
    UUID scopeId = row.scopeId();
    Ciphertext body = row.body();
    if (scopeId == null || body == null) {
      return Optional.empty();
    }
    Scope scope = vault.scope(scopeId);
    Cell cell = new Cell(Field.INBOX_EVENT, scope, row.id(), row.rowVersion());
    Kept kept = Json.read(vault.open(cell, body), Kept.class);
    return Optional.of(new Pending(row.id(), lease, row.state(), scope, row.rowVersion(), kept));
  }

  private Optional<Fingerprint> message(String workspace, ChatEvent event) {
    return switch (event) {
      case ChatEvent.Message it ->
          Optional.of(vault.fingerprint(workspace, Domain.MESSAGE, it.messageId()));
      case ChatEvent.Command _, ChatEvent.Edit _, ChatEvent.Deletion _ -> Optional.empty();
    };
  }
}
