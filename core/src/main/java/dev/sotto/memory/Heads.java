package dev.sotto.memory;

import dev.sotto.crypto.Alarms;
import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.BlindIndexes;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.IndexGuard;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/**
 * The sealed heads of conversations. A head that does not verify, or that is older than one seen
 * before, is never believed: who wants to write on begins behind it with a new one, which says that
 * something is missing.
 */
@Singleton
class Heads {
  private static final int FIRST_VERSION = 1;

  /** No conversation gets that far: rows from here on are forged. */
  private static final long NEVER = 1L << 60;

  private static final UUID NONE = new UUID(0, 0);

  private final Vault vault;
  private final ConversationRows conversations;
  private final MessageRows messages;
  private final Anchors anchors;
  private final Alarms alarms;
  private final IndexGuard guard;

  Heads(
      Vault vault,
      ConversationRows conversations,
      MessageRows messages,
      Anchors anchors,
      Alarms alarms,
      IndexGuard guard) {
    this.vault = vault;
    this.conversations = conversations;
    this.messages = messages;
    this.anchors = anchors;
    this.alarms = alarms;
    this.guard = guard;
  }

  /**
   * The conversation as it stands, empty if there is none. May be behind who writes meanwhile.
   *
   * @throws IntegrityException its head does not verify, was brought back, or is gone
   * @throws ErasedException it was erased
   */
  Optional<Held> find(ConversationKey key) {
    Fingerprint subject = key.fingerprint(vault);
    long seen = anchors.seen(vault.workspace(key.workspace()), subject);
    Optional<ConversationRow> row = conversations.find(forms(subject).all());
    if (row.isEmpty() && seen > 0) {
      throw IntegrityException.of(Field.HEAD, NONE, "is gone");
    }
    return row.map(it -> open(it, seen));
  }

  /**
   * Readies a conversation for its first turn, and the keys of a new head; call it outside of
   * transactions.
   */
  void ready(ConversationKey key) {
    Fingerprint subject = key.fingerprint(vault);
    UUID workspace = vault.data(key.workspace()).workspace();
    if (isNew(workspace, subject)) {
      create(key, subject, ChainHead.fresh(vault.indexes(), subject, 0, 0, false), FIRST_VERSION);
    }
  }

  /**
   * Holds a conversation until the end of the transaction, and makes it if there is none. What does
   * not verify is left behind.
   */
  @Transactional
  Held lock(ConversationKey key) {
    Fingerprint subject = key.fingerprint(vault);
    Optional<ConversationRow> row = conversations.lock(forms(subject).all());
    long seen = seen(key, subject);
    if (row.isEmpty()) {
      create(key, subject, ChainHead.fresh(vault.indexes(), subject, 0, 0, seen > 0), behind(seen));
      row = conversations.lock(forms(subject).all());
      seen = Math.max(seen, 0);
    }
    ConversationRow found = row.orElseThrow();
    try {
      return open(found, seen);
    } catch (IntegrityException e) {
      alarm(found.id(), "has a head that does not verify or was brought back");
      return replaced(key, found, seen);
    } catch (ErasedException e) {
      conversations.deleteById(found.id());
      create(key, subject, ChainHead.fresh(vault.indexes(), subject, 0, 0, false), behind(seen));
      return open(conversations.lock(forms(subject).all()).orElseThrow(), seen);
    }
  }

  /** Holds a conversation as {@link #lock(ConversationKey)}; empty where its head is no good. */
  @Transactional
  Optional<Held> lock(UUID conversation) {
    return conversations
        .lock(conversation)
        .flatMap(row -> {
          try {
            return Optional.of(standing(row));
          } catch (IntegrityException | ErasedException e) {
            return Optional.empty();
          }
        });
  }

  /**
   * The head of a row that is held.
   *
   * @throws IntegrityException it does not verify, or was brought back
   * @throws ErasedException it was erased
   */
  Held standing(ConversationRow row) {
    UUID scope = row.scopeId();
    if (scope == null) {
      throw IntegrityException.of(Field.HEAD, row.id(), "has no head");
    }
    return open(row, anchors.seen(vault.scope(scope).workspace(), subject(row)));
  }

  /** Puts another head in place of one that is held. */
  @Transactional
  Held save(Held held, ChainHead head) {
    return save(held, head, held.version() + 1);
  }

  /** Gives a conversation from before there were heads its first one. */
  void found(UnlinkedRow row, Scope scope, ChainHead head) {
    anchors.plant(scope.workspace(), head.subject());
    save(new Held(row.id(), 0, scope, head), head);
  }

  void alarm(UUID conversation, String reason) {
    alarms.raise(Field.HEAD, conversation, reason);
  }

  private Held open(ConversationRow row, long seen) {
    UUID scopeId = row.scopeId();
    Ciphertext body = row.body();
    if (scopeId == null || body == null) {
      throw IntegrityException.of(Field.HEAD, row.id(), "has no head");
    }
    Scope scope = vault.scope(scopeId);
    Cell cell = cell(scope, row.id(), row.rowVersion());
    ChainHead head = ChainHead.open(vault, cell, body);
    if (!isOf(row, head)) {
      throw IntegrityException.at(cell, "stands for another");
    }
    if (seen == Anchors.ABSENT || row.rowVersion() < seen) {
      throw IntegrityException.at(cell, "is older than it was");
    }
    return new Held(row.id(), row.rowVersion(), scope, head);
  }

  boolean isOf(ConversationRow row, ChainHead head) {
    return head.subject().equals(subject(row));
  }

  /** Who locks it tells of an anchor that does not verify. */
  private boolean isNew(UUID workspace, Fingerprint subject) {
    try {
      return anchors.seen(workspace, subject) == Anchors.ABSENT
          && conversations.find(forms(subject).all()).isEmpty();
    } catch (IntegrityException e) {
      return false;
    }
  }

  private long seen(ConversationKey key, Fingerprint subject) {
    try {
      return anchors.seen(vault.workspace(key.workspace()), subject);
    } catch (IntegrityException e) {
      alarms.raise(Field.HEAD, NONE, "has an anchor that does not verify");
      anchors.drop(subject);
      return Anchors.ABSENT;
    }
  }

  private void create(ConversationKey key, Fingerprint subject, ChainHead head, int version) {
    UUID id = vault.newId();
    Scope scope = vault.data(key.workspace());
    anchors.plant(scope.workspace(), subject);
    Ciphertext body = head.seal(vault, cell(scope, id, version));
    BlindIndexes.Forms forms = forms(subject);
    int created =
        guard.once(
            () -> conversations.find(forms.all()).isPresent(),
            () ->
                conversations.create(id, forms.written(), scope.id(), body.keyId(), version, body),
            forms);
    if (created == 1) {
      anchors.follow(scope.workspace(), subject, version);
    }
  }

  /** Begins anew behind a head that is not believed. */
  private Held replaced(ConversationKey key, ConversationRow row, long seen) {
    Scope scope = vault.data(key.workspace());
    Fingerprint subject = key.fingerprint(vault);
    anchors.plant(scope.workspace(), subject);
    int version = behind(seen);
    messages.deleteFrom(row.id(), NEVER);
    long next = messages.lastSeq(row.id()).orElse(-1L) + 1;
    ChainHead head = ChainHead.fresh(vault.indexes(), subject, next, version, true);
    return save(new Held(row.id(), row.rowVersion(), scope, head), head, version);
  }

  private Held save(Held held, ChainHead head, int version) {
    Ciphertext body = head.seal(vault, cell(held.scope(), held.id(), version));
    UUID scope = held.scope().id();
    if (conversations.update(held.id(), held.version(), scope, body.keyId(), version, body) != 1) {
      throw new IllegalStateException("a conversation was not held");
    }
    anchors.follow(held.workspace(), head.subject(), version);
    return new Held(held.id(), version, held.scope(), head);
  }

  private BlindIndexes.Forms forms(Fingerprint subject) {
    return vault.indexes().of(subject);
  }

  private Fingerprint subject(ConversationRow row) {
    return vault.indexes().fingerprint(row.fingerprint());
  }

  /** A version above every one that was seen, whatever a row that is not believed says. */
  private static int behind(long seen) {
    return (int) Math.max(seen, 0) + FIRST_VERSION;
  }

  private static Cell cell(Scope scope, UUID conversation, int version) {
    return new Cell(Field.HEAD, scope, conversation, version);
  }
}
