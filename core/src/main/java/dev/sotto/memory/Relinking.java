package dev.sotto.memory;

import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.ChainLink;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Walks the rows of one conversation in their order, from the first that is taken away, and links
 * those that stay anew, each only after its old link was proved. Taking rows away at the front
 * links nothing anew: the conversation then begins behind them. Not thread-safe.
 */
final class Relinking {
  private final ChainHead head;
  private final Removal removal;
  private final long until;
  private final boolean front;
  private final boolean crosses;
  private final List<UUID> removed = new ArrayList<>();
  private final List<LinkRow> relinked = new ArrayList<>();
  private final List<LinkRow> reworded = new ArrayList<>();
  private ChainLink before;
  private ChainLink after;
  private ChainLink base;
  private ChainLink floor;
  private boolean stays;
  private boolean visibleStays;
  private boolean visibleTaken;
  private boolean sound = true;

  /**
   * @param until the last row that is taken away
   * @param previous the row before the first that is taken away, if there is one
   */
  Relinking(ChainHead head, Removal removal, long until, List<LinkRow> previous) {
    this.head = head;
    this.removal = removal;
    this.until = until;
    boolean visible = !previous.isEmpty() && previous.getFirst().seq() >= head.firstSeq();
    this.front = previous.isEmpty() || (head.loose() && !visible);
    this.crosses = !visible;
    ChainLink link = front ? head.base() : previous.getFirst().link();
    this.before = link == null ? ChainHead.none() : link;
    this.after = before;
    this.base = head.base();
    this.floor = head.floor();
  }

  void take(LinkRow row) {
    boolean visible = row.seq() >= head.firstSeq();
    boolean meant = row.seq() <= until && removal.means(row);
    if (meant) {
      removed.add(row.id());
    }
    if (head.loose() && !visible) {
      return;
    }
    ChainLink link = row.link();
    if (link == null || !link.equals(row.linkAfter(head.chain(), before))) {
      sound = false;
    } else {
      visibleTaken |= visible;
      if (!meant) {
        stay(row, link, visible);
      } else if (front && !stays) {
        after = link;
      }
      before = link;
    }
  }

  private void stay(LinkRow row, ChainLink link, boolean visible) {
    if (front && !stays) {
      base = after;
    }
    if (crosses && visible && !visibleStays) {
      floor = after;
    }
    stays = true;
    visibleStays |= visible;
    LinkRow kept = removal.kept(row);
    boolean same = kept.rowVersion() == row.rowVersion();
    ChainLink again = before.equals(after) && same ? link : kept.linkAfter(head.chain(), after);
    if (!again.equals(link)) {
      relinked.add(kept.with(again));
    }
    if (!same) {
      reworded.add(kept);
    }
    after = again;
  }

  /** Whether all rows behind one keep their links. */
  boolean settled(LinkRow row) {
    return row.seq() >= until && sound && before.equals(after);
  }

  /** Takes out what is to be deleted so far. */
  List<UUID> removed() {
    List<UUID> page = List.copyOf(removed);
    removed.clear();
    return page;
  }

  /** Takes out what is to be written so far. */
  List<LinkRow> relinked() {
    List<LinkRow> page = List.copyOf(relinked);
    relinked.clear();
    return page;
  }

  /** Takes out what takes other words so far. */
  List<LinkRow> reworded() {
    List<LinkRow> page = List.copyOf(reworded);
    reworded.clear();
    return page;
  }

  /**
   * The head afterwards. Where the old links did not prove themselves nothing before now is
   * believed any more.
   *
   * @param ended whether all rows were walked
   */
  ChainHead head(boolean ended) {
    if (!sound || (ended && !before.equals(head.last()))) {
      return head.abandoned();
    }
    return head.between(
        front && !stays ? after : base,
        crosses && !visibleStays && (visibleTaken || ended) ? after : floor,
        ended ? after : head.last());
  }
}
