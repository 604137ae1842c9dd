package dev.sotto.memory;

import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.ChainLink;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.Progress;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Checks all that memory holds, from first to last. */
@Singleton
public class Chains {
  private static final UUID FIRST = new UUID(0, 0);

  private final Vault vault;
  private final Heads heads;
  private final ConversationRows conversations;
  private final MessageRows messages;
  private final SummaryRows summaries;
  private final Anchors anchors;
  private final Clock clock;
  private final Provider<Chains> self;

  /**
   * @param self this bean as others see it, with its transactions
   */
  Chains(
      Vault vault,
      Heads heads,
      ConversationRows conversations,
      MessageRows messages,
      SummaryRows summaries,
      Anchors anchors,
      Chaining chaining,
      Clock clock,
      Provider<Chains> self) {
    chaining.complete();
    this.vault = vault;
    this.heads = heads;
    this.conversations = conversations;
    this.messages = messages;
    this.summaries = summaries;
    this.anchors = anchors;
    this.clock = clock;
    this.self = self;
  }

  /**
   * What was found.
   *
   * @param broken conversations of which something is missing, was changed or brought back
   * @param damaged messages and summaries that do not open
   * @param gone conversations and choices of assistants that are missing or were brought back
   */
  public record Report(long conversations, long messages, long broken, long damaged, long gone) {
    static final Report NOTHING = new Report(0, 0, 0, 0, 0);

    public boolean clean() {
      return broken == 0 && damaged == 0 && gone == 0;
    }

    Report plus(Report other) {
      return new Report(
          conversations + other.conversations,
          messages + other.messages,
          broken + other.broken,
          damaged + other.damaged,
          gone + other.gone);
    }
  }

  /**
   * Reads every row. Others may write meanwhile; a conversation is held while it is read.
   *
   * @param progress told how many conversations are done
   */
  public Report verify(Progress progress) {
    Report sum = Report.NOTHING;
    List<ConversationRow> page = conversations.after(FIRST);
    while (!page.isEmpty()) {
      for (ConversationRow row : page) {
        sum = sum.plus(self.get().verify(row.id()));
      }
      progress.advance(sum.conversations(), sum.conversations());
      page = conversations.after(page.getLast().id());
    }
    return sum.plus(new Report(0, 0, 0, 0, anchors.gone()));
  }

  @Transactional
  Report verify(UUID conversation) {
    return conversations.lock(conversation).map(this::verify).orElse(Report.NOTHING);
  }

  private Report verify(ConversationRow row) {
    try {
      return walk(heads.standing(row));
    } catch (IntegrityException e) {
      return new Report(1, 0, 1, 0, 0);
    } catch (ErasedException e) {
      return Report.NOTHING;
    }
  }

  private Report walk(Held held) {
    Proof proof = new Proof(held.head());
    Report sum = Report.NOTHING;
    List<MessageRow> page = messages.page(held.id(), 0);
    while (!page.isEmpty()) {
      for (MessageRow row : page) {
        proof.take(LinkRow.of(row));
        sum = sum.plus(new Report(0, 1, 0, opens(row) ? 0 : 1, 0));
      }
      page = messages.page(held.id(), page.getLast().seq() + 1);
    }
    return sum.plus(new Report(1, 0, proof.holds() ? 0 : 1, noted(held) ? 0 : 1, 0));
  }

  /** Walks all rows of a conversation. Not thread-safe. */
  private static final class Proof {
    private final ChainHead head;
    private ChainLink last;
    private ChainLink floor;
    private boolean sound;

    Proof(ChainHead head) {
      this.head = head;
      this.last = head.base();
      this.floor = head.base();
      this.sound = !head.broken();
    }

    void take(LinkRow row) {
      boolean visible = row.seq() >= head.firstSeq();
      ChainLink link = row.link();
      if (link == null || (head.loose() && !visible)) {
        sound = false;
        return;
      }
      sound &= link.equals(row.linkAfter(head.chain(), last));
      last = link;
      floor = visible ? floor : last;
    }

    boolean holds() {
      return sound && last.equals(head.last()) && floor.equals(head.floor());
    }
  }

  private boolean noted(Held held) {
    ChainHead head = held.head();
    Optional<SummaryRow> row = summaries.findByConversationId(held.id());
    if (row.isEmpty()) {
      return !head.noted() || head.noteUntil() <= clock.millis();
    }
    SummaryRow it = row.get();
    return head.note().equals(it.note(head.chain()))
        && opens(new Cell(Field.SUMMARY, held.scope(), it.id(), it.rowVersion()), it.body());
  }

  private boolean opens(MessageRow row) {
    try {
      Scope scope = vault.scope(row.scopeId());
      return opens(new Cell(Field.MESSAGE, scope, row.id(), row.rowVersion()), row.body());
    } catch (IntegrityException e) {
      return false;
    }
  }

  /** What was erased is no damage. */
  private boolean opens(Cell cell, Ciphertext body) {
    try {
      var _ = vault.open(cell, body);
      return true;
    } catch (IntegrityException e) {
      return false;
    } catch (ErasedException e) {
      return true;
    }
  }
}
