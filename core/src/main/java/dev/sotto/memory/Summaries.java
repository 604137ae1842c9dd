package dev.sotto.memory;

import dev.sotto.assistant.Assistant;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The summaries of conversations, one for each, sealed under the key of the conversation. A summary
 * holds no longer than the oldest message in it; the next one is made of the younger half of what
 * is kept, so that it lasts.
 */
@Singleton
public class Summaries {
  private static final Logger LOG = LoggerFactory.getLogger(Summaries.class);

  private final Vault vault;
  private final Heads heads;
  private final Windows windows;
  private final ConversationRows conversations;
  private final SummaryRows rows;
  private final Clock clock;
  private final Provider<Summaries> self;

  /**
   * @param self this bean as others see it, with its transactions
   */
  Summaries(
      Vault vault,
      Heads heads,
      Windows windows,
      ConversationRows conversations,
      SummaryRows rows,
      Chaining chaining,
      Clock clock,
      Provider<Summaries> self) {
    chaining.complete();
    this.vault = vault;
    this.heads = heads;
    this.windows = windows;
    this.conversations = conversations;
    this.rows = rows;
    this.clock = clock;
    this.self = self;
  }

  /** What was noted of a conversation, as far as the assistant may still know it. */
  public Notes recall(ConversationKey key, Assistant.Memory rules) {
    return find(key)
        .map(it -> read(it, () -> scope(key, it), rules).orElseGet(() -> again(key, it, rules)))
        .orElse(Notes.NONE);
  }

  private Notes again(ConversationKey key, Held held, Assistant.Memory rules) {
    return self.get().hold(held.id(), scope(key, held), rules);
  }

  /** Reads while nobody can write: what does not verify now was changed. */
  @Transactional
  Notes hold(UUID conversation, Scope scope, Assistant.Memory rules) {
    return heads
        .lock(conversation)
        .map(it -> read(it, () -> scope, rules).orElseGet(() -> damaged(it)))
        .orElse(Notes.NONE);
  }

  /** Empty if there is another summary than the head knows. */
  private Optional<Notes> read(Held held, Supplier<Scope> scope, Assistant.Memory rules) {
    ChainHead head = held.head();
    Optional<SummaryRow> row = rows.findByConversationId(held.id());
    Optional<SummaryRow> known = row.filter(it -> head.note().equals(it.note(head.chain())));
    boolean over = head.noted() && head.noteUntil() <= clock.millis();
    if (!over && (head.noted() ? known.isEmpty() : row.isPresent())) {
      return Optional.empty();
    }
    return Optional.of(
        known.filter(it -> usable(it, rules)).map(it -> open(it, scope.get())).orElse(Notes.NONE));
  }

  /**
   * What is to be noted before the next turn, because it will not be shown any more; empty when all
   * that is not shown is noted, or when it was tried less than half a window of turns ago.
   */
  public Optional<Fold> due(ConversationKey key, Assistant.Memory rules) {
    return find(key).flatMap(it -> due(key, it, rules));
  }

  /** Keeps a new summary in place of the old, unless something in it was taken away meanwhile. */
  @Transactional
  public void keep(Fold fold, String text) {
    heads
        .lock(fold.conversation())
        .filter(it -> it.head().epoch() == fold.epoch())
        .ifPresent(it -> keep(it, fold, text));
  }

  private void keep(Held held, Fold fold, String text) {
    UUID id = vault.newId();
    Ciphertext body = vault.seal(new Cell(Field.SUMMARY, fold.scope(), id, 1), text);
    SummaryRow row =
        new SummaryRow(
            id,
            fold.conversation(),
            fold.reachesSeq(),
            fold.oldestAt(),
            fold.expiresAt(),
            fold.scope().id(),
            body.keyId(),
            1,
            body);
    rows.deleteByConversation(fold.conversation());
    rows.save(row);
    ChainHead head = held.head();
    heads.save(held, head.noted(row.note(head.chain()), fold.expiresAt().toEpochMilli()));
  }

  private Optional<Fold> due(ConversationKey key, Held held, Assistant.Memory rules) {
    ChainHead head = held.head();
    int shown = shown(rules);
    int half = 2 * (shown / 4);
    Optional<SummaryRow> before =
        rows.findByConversationId(held.id())
            .filter(it -> head.note().equals(it.note(head.chain())) && usable(it, rules))
            .filter(it -> open(it, scope(key, held)).damaged() == 0);
    long from = before.map(SummaryRow::reachesSeq).orElse(head.firstSeq());
    long unseen = head.nextSeq() - shown;
    if (unseen <= from || conversations.tries(held.id(), head.nextSeq(), Math.max(2, half)) == 0) {
      return Optional.empty();
    }
    List<MessageRow> fed = fed(key, from, unseen + half, before.isPresent(), rules);
    Reach reach = new Reach(held, scope(key, held), unseen + half);
    return fed.isEmpty() ? Optional.empty() : Optional.of(fold(reach, before, fed));
  }

  /** How far a summary is to reach in a conversation, and what it is sealed for. */
  private record Reach(Held held, Scope scope, long seq) {}

  private Scope scope(ConversationKey key, Held held) {
    return vault.conversation(key.workspace(), held.id());
  }

  /** The rows that a summary is made of, newest first, proved up to the newest of all. */
  private List<MessageRow> fed(
      ConversationKey key, long from, long to, boolean goesOn, Assistant.Memory rules) {
    Instant now = clock.instant();
    Instant since = now.minus(goesOn ? rules.retention() : rules.retention().dividedBy(2));
    return windows.read(key, Memory.MOST + shown(rules)).stream()
        .flatMap(it -> it.window().rows().stream())
        .filter(it -> it.seq() >= from && it.seq() < to)
        .filter(it -> it.saidAt().isAfter(since) && it.expiresAt().isAfter(now))
        .limit(Memory.MOST)
        .toList();
  }

  private Fold fold(Reach reach, Optional<SummaryRow> before, List<MessageRow> fed) {
    Held held = reach.held();
    Scope scope = reach.scope();
    Instant oldest = earliest(before.map(SummaryRow::oldestAt), fed, MessageRow::saidAt);
    Instant expires = earliest(before.map(SummaryRow::expiresAt), fed, MessageRow::expiresAt);
    String text = before.map(it -> open(it, scope).text()).orElse("");
    return new Fold(
        held.id(),
        scope,
        held.head().epoch(),
        reach.seq(),
        oldest,
        expires,
        text,
        OpenedMessages.of(fed, vault, false).said());
  }

  private static int shown(Assistant.Memory rules) {
    return Math.min(2 * rules.window(), Memory.MOST);
  }

  private static Instant earliest(
      Optional<Instant> before, List<MessageRow> rows, Function<MessageRow, Instant> time) {
    return Stream.concat(before.stream(), rows.stream().map(time))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** The conversation; what does not verify was told when its messages were recalled. */
  private Optional<Held> find(ConversationKey key) {
    try {
      return heads.find(key);
    } catch (IntegrityException | ErasedException e) {
      LOG.info("a summary is left out: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private Notes damaged(Held held) {
    heads.alarm(held.id(), "has another summary than it was given, or lacks it");
    return new Notes("", 1);
  }

  /** Under the scope of its own conversation, whatever the row says: a moved row does not open. */
  private Notes open(SummaryRow row, Scope scope) {
    try {
      Cell cell = new Cell(Field.SUMMARY, scope, row.id(), row.rowVersion());
      return new Notes(vault.open(cell, row.body()), 0);
    } catch (IntegrityException e) {
      if (!row.scopeId().equals(scope.id()) && vault.isErased(row.scopeId())) {
        LOG.info("a summary is left out: its scope was erased");
        return Notes.NONE;
      }
      LOG.error("a summary is left out: {}", e.getMessage());
      return new Notes("", 1);
    } catch (ErasedException e) {
      LOG.info("a summary is left out: {}", e.getMessage());
      return Notes.NONE;
    }
  }

  private boolean usable(SummaryRow row, Assistant.Memory rules) {
    Instant now = clock.instant();
    return row.expiresAt().isAfter(now) && row.oldestAt().isAfter(now.minus(rules.retention()));
  }
}
