package dev.sotto.memory;

import dev.sotto.crypto.Cell;
import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Vault;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes rows away from conversations, or gives them other words, so that what stays still verifies.
 * All ways to delete or change messages lead here.
 */
@Singleton
class Removals {
  /** How many rows of a person, or that had their time, go in one transaction. */
  static final int BATCH = 500;

  private final Vault vault;
  private final Heads heads;
  private final MessageRows messages;
  private final LinkRows links;
  private final SummaryRows summaries;
  private final Provider<Removals> self;

  /**
   * @param self this bean as others see it, with its transactions
   */
  Removals(
      Vault vault,
      Heads heads,
      MessageRows messages,
      LinkRows links,
      SummaryRows summaries,
      Provider<Removals> self) {
    this.vault = vault;
    this.heads = heads;
    this.messages = messages;
    this.links = links;
    this.summaries = summaries;
    this.self = self;
  }

  /** Where rows stand that are to go: the first and the last. */
  private record Span(long from, long to) {}

  /**
   * Takes away what is meant, wherever it is, at most {@value #BATCH} rows of a person or that had
   * their time: one transaction for each conversation, or the caller's. Says how many rows.
   */
  int removeAll(Removal removal) {
    List<UUID> conversations =
        switch (removal) {
          case Removal.Of it -> messages.conversationsOf(it.scope());
          case Removal.With it -> messages.conversationsWith(it.source());
          case Removal.Reworded it -> messages.conversationsWith(it.source());
          case Removal.Expired it -> messages.conversationsExpired(it.now(), BATCH);
        };
    return conversations.stream().sorted().mapToInt(it -> self.get().remove(it, removal)).sum();
  }

  /**
   * Gives a message of the platform other words, wherever it is, and says whether it is anywhere.
   * Where it cannot be proved it is taken away, and so is the answer to it.
   */
  boolean rewordAll(Removal.Reworded rewording) {
    List<UUID> conversations = messages.conversationsWith(rewording.source());
    conversations.stream().sorted().forEach(it -> self.get().reword(it, rewording));
    return !conversations.isEmpty();
  }

  @Transactional
  void reword(UUID conversation, Removal.Reworded rewording) {
    if (remove(conversation, rewording) == 0) {
      remove(conversation, new Removal.With(rewording.source()));
    }
  }

  /** From now on a conversation begins afresh. */
  @Transactional
  void startAfresh(ConversationKey key) {
    Held held = heads.lock(key);
    heads.save(held, held.head().afresh());
    summaries.deleteByConversation(held.id());
  }

  /**
   * Takes away what is meant in one conversation, as {@link #removeAll} does, and says how many
   * rows. Of a person the newest first: the fewer rows stand behind, the fewer are linked anew.
   */
  @Transactional
  int remove(UUID conversation, Removal removal) {
    Optional<Held> held = heads.lock(conversation);
    Optional<Span> span = span(conversation, removal);
    if (span.isEmpty()) {
      return 0;
    }
    ChainHead head = held.map(Held::head).orElseGet(() -> ChainHead.nothing(vault.indexes()));
    Relinking relinking =
        new Relinking(
            head, removal, span.get().to(), links.before(conversation, span.get().from()));
    Walked walked = walk(conversation, span.get().from(), removal, relinking);
    if (removal.endsSummary()) {
      summaries.deleteByConversation(conversation);
    }
    held.ifPresent(it -> save(it, relinking.head(walked.ended()), removal));
    return walked.rows();
  }

  private record Walked(int rows, boolean ended) {}

  private Walked walk(UUID conversation, long from, Removal removal, Relinking relinking) {
    int rows = 0;
    boolean settled = false;
    List<LinkRow> page = links.links(conversation, from);
    while (!page.isEmpty() && !settled) {
      for (int i = 0; i < page.size() && !settled; i++) {
        relinking.take(page.get(i));
        settled = relinking.settled(page.get(i));
      }
      rows += write(removal, relinking);
      if (!settled) {
        page = links.links(conversation, page.getLast().seq() + 1);
      }
    }
    return new Walked(rows, !settled);
  }

  private int write(Removal removal, Relinking relinking) {
    List<LinkRow> changed = relinking.relinked();
    if (!changed.isEmpty()) {
      links.relink(changed);
    }
    int reworded = removal instanceof Removal.Reworded it ? reword(relinking, it.text()) : 0;
    List<UUID> gone = relinking.removed();
    return reworded + (gone.isEmpty() ? 0 : messages.deleteAll(gone));
  }

  private int reword(Relinking relinking, String text) {
    List<LinkRow> reworded = relinking.reworded();
    for (LinkRow it : reworded) {
      Cell cell = new Cell(Field.MESSAGE, vault.scope(it.scopeId()), it.id(), it.rowVersion());
      Ciphertext body = vault.seal(cell, text);
      messages.reword(it.id(), it.rowVersion(), body.keyId(), body);
    }
    return reworded.size();
  }

  private void save(Held held, ChainHead head, Removal removal) {
    if (head.broken() && !held.head().broken()) {
      heads.alarm(held.id(), "lacks messages, or they were changed");
      summaries.deleteByConversation(held.id());
    }
    heads.save(held, removal.endsSummary() ? head.unnoted() : head);
  }

  private Optional<Span> span(UUID conversation, Removal removal) {
    List<Long> seqs =
        switch (removal) {
          case Removal.Of it -> messages.newestSeqsOf(conversation, it.scope(), BATCH);
          case Removal.With it -> messages.endsWith(conversation, it.source());
          case Removal.Reworded it -> messages.endsWith(conversation, it.source());
          case Removal.Expired it -> messages.seqsExpired(conversation, it.now(), BATCH);
        };
    return seqs.isEmpty()
        ? Optional.empty()
        : Optional.of(new Span(Collections.min(seqs), Collections.max(seqs)));
  }

  /** What has had its time, in conversations that hold the oldest of it. */
  int removeExpired(Instant now) {
    return removeAll(new Removal.Expired(now));
  }
}
