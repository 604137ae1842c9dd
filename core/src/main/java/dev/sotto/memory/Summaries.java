package dev.sotto.memory;

import dev.sotto.assistant.Assistant;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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
  private final ConversationRows conversations;
  private final MessageRows messages;
  private final SummaryRows rows;
  private final Clock clock;

  Summaries(
      Vault vault,
      ConversationRows conversations,
      MessageRows messages,
      SummaryRows rows,
      Clock clock) {
    this.vault = vault;
    this.conversations = conversations;
    this.messages = messages;
    this.rows = rows;
    this.clock = clock;
  }

  /** What was noted of a conversation, as far as the assistant may still know it. */
  public Notes recall(ConversationKey key, Assistant.Memory rules) {
    return conversations
        .findByFingerprint(key.fingerprint(vault))
        .flatMap(it -> usable(it, rules).map(row -> open(row, scope(key, it))))
        .orElse(Notes.NONE);
  }

  /**
   * What is to be noted before the next turn, because it will not be shown any more; empty when all
   * that is not shown is noted, or when it was tried less than half a window of turns ago.
   */
  public Optional<Fold> due(ConversationKey key, Assistant.Memory rules) {
    return conversations
        .findByFingerprint(key.fingerprint(vault))
        .flatMap(it -> due(it, scope(key, it), rules));
  }

  /** Keeps a new summary in place of the old, unless something in it was taken away meanwhile. */
  @Transactional
  public void keep(Fold fold, String text) {
    boolean same =
        conversations
            .lock(fold.conversation())
            .filter(it -> it.epoch() == fold.epoch())
            .isPresent();
    if (same) {
      UUID id = vault.newId();
      Ciphertext body = vault.seal(new Cell(Field.SUMMARY, fold.scope(), id, 1), text);
      rows.deleteByConversation(fold.conversation());
      rows.save(
          new SummaryRow(
              id,
              fold.conversation(),
              fold.reachesSeq(),
              fold.oldestAt(),
              fold.expiresAt(),
              fold.scope().id(),
              body.keyId(),
              1,
              body));
    }
  }

  private Optional<Fold> due(ConversationRow conversation, Scope scope, Assistant.Memory rules) {
    int shown = Math.min(2 * rules.window(), Memory.MOST);
    int half = 2 * (shown / 4);
    Optional<SummaryRow> before =
        usable(conversation, rules).filter(it -> open(it, scope).damaged() == 0);
    long from = before.map(SummaryRow::reachesSeq).orElse(conversation.firstSeq());
    long unseen = conversation.nextSeq() - shown;
    if (unseen <= from
        || conversations.tries(conversation.id(), conversation.nextSeq(), Math.max(2, half)) == 0) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Duration age = before.isPresent() ? rules.retention() : rules.retention().dividedBy(2);
    List<MessageRow> fed =
        messages.between(conversation.id(), from, unseen + half, now.minus(age), now);
    return fed.isEmpty()
        ? Optional.empty()
        : Optional.of(fold(conversation.epoch(), scope, unseen + half, before, fed));
  }

  private Fold fold(
      long epoch, Scope scope, long reaches, Optional<SummaryRow> before, List<MessageRow> fed) {
    Instant oldest = earliest(before.map(SummaryRow::oldestAt), fed, MessageRow::saidAt);
    Instant expires = earliest(before.map(SummaryRow::expiresAt), fed, MessageRow::expiresAt);
    String text = before.map(it -> open(it, scope).text()).orElse("");
    return new Fold(
        fed.getFirst().conversationId(),
        scope,
        epoch,
        reaches,
        oldest,
        expires,
        text,
        OpenedMessages.of(fed, vault).said());
  }

  private static Instant earliest(
      Optional<Instant> before, List<MessageRow> rows, Function<MessageRow, Instant> time) {
    return Stream.concat(before.stream(), rows.stream().map(time))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private Scope scope(ConversationKey key, ConversationRow conversation) {
    return vault.conversation(key.workspace(), conversation.id());
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

  private Optional<SummaryRow> usable(ConversationRow conversation, Assistant.Memory rules) {
    Instant now = clock.instant();
    Instant since = now.minus(rules.retention());
    return rows.findByConversationId(conversation.id())
        .filter(it -> it.expiresAt().isAfter(now) && it.oldestAt().isAfter(since));
  }
}
