package dev.sotto.memory;

import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.ChainLink;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives conversations from before there were heads theirs, once: afterwards a mark in the key store
 * says so, and a row without a link is a forged one. One transaction for each conversation, so that
 * it may be cut off and taken up again. No older version may write meanwhile.
 */
@Singleton
class Chaining {
  static final String MARK = "conversations have heads";

  private static final Logger LOG = LoggerFactory.getLogger(Chaining.class);
  private static final UUID FIRST = new UUID(0, 0);

  private final Vault vault;
  private final Heads heads;
  private final ConversationRows conversations;
  private final LinkRows links;
  private final SummaryRows summaries;
  private final Anchors anchors;
  private final Provider<Chaining> self;

  /**
   * @param self this bean as others see it, with its transactions
   */
  Chaining(
      Vault vault,
      Heads heads,
      ConversationRows conversations,
      LinkRows links,
      SummaryRows summaries,
      Anchors anchors,
      Provider<Chaining> self) {
    this.vault = vault;
    this.heads = heads;
    this.conversations = conversations;
    this.links = links;
    this.summaries = summaries;
    this.anchors = anchors;
    this.self = self;
  }

  /** Returns when every conversation has a head. */
  synchronized void complete() {
    if (anchors.marked(MARK)) {
      return;
    }
    int linked = 0;
    List<UnlinkedRow> page = conversations.unlinked(FIRST);
    while (!page.isEmpty()) {
      page.forEach(self.get()::link);
      linked += page.size();
      page = conversations.unlinked(page.getLast().id());
    }
    anchors.mark(MARK);
    if (linked > 0) {
      LOG.info("{} conversations are protected against missing messages from now on", linked);
    }
  }

  /** One without messages holds nothing, and is made again when somebody speaks. */
  @Transactional
  void link(UnlinkedRow row) {
    boolean old = conversations.lock(row.id()).filter(it -> it.body() == null).isPresent();
    if (!old) {
      return;
    }
    Optional<Scope> scope = scope(row.id());
    if (scope.isEmpty()) {
      conversations.deleteById(row.id());
      return;
    }
    Fingerprint subject = vault.indexes().fingerprint(row.fingerprint());
    ChainHead start = ChainHead.fresh(vault.indexes(), subject, 0, row.epoch(), false);
    Links walk = new Links(start, row.firstSeq());
    List<LinkRow> page = links.links(row.id(), 0);
    while (!page.isEmpty()) {
      links.relink(page.stream().map(walk::next).toList());
      page = links.links(row.id(), page.getLast().seq() + 1);
    }
    heads.found(row, scope.get(), noted(row, walk.head(row.nextSeq())));
  }

  private ChainHead noted(UnlinkedRow row, ChainHead head) {
    return summaries
        .findByConversationId(row.id())
        .map(it -> head.noted(it.note(head.chain()), it.expiresAt().toEpochMilli()))
        .orElse(head);
  }

  /** In the workspace of those who spoke. */
  private Optional<Scope> scope(UUID conversation) {
    for (LinkRow row : links.links(conversation, 0)) {
      try {
        return Optional.of(vault.data(vault.scope(row.scopeId())));
      } catch (IntegrityException e) {
        LOG.error("{}", e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** Links rows in their order. Not thread-safe. */
  private static final class Links {
    private final ChainHead start;
    private final long firstSeq;
    private ChainLink last;
    private ChainLink floor;

    Links(ChainHead start, long firstSeq) {
      this.start = start;
      this.firstSeq = firstSeq;
      this.last = start.base();
      this.floor = start.base();
    }

    LinkRow next(LinkRow row) {
      last = row.linkAfter(start.chain(), last);
      if (row.seq() < firstSeq) {
        floor = last;
      }
      return row.with(last);
    }

    ChainHead head(long nextSeq) {
      return start.beginning(firstSeq, floor).grown(last, nextSeq);
    }
  }
}
