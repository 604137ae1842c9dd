package dev.sotto.memory;

import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.ChainLink;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest rows of a conversation as far as they verify: each link proves its row and the link
 * before it, from the head's last link on. What is older than the first gap is left out.
 *
 * @param rows newest first
 * @param before the link before the oldest of them
 * @param intact whether nothing is missing or changed among what was asked for
 */
record Window(List<MessageRow> rows, ChainLink before, boolean intact) {

  Window {
    rows = List.copyOf(rows);
  }

  /**
   * Checks what was read.
   *
   * @param read newest first, from the head's first on, one more than wanted where there are more
   */
  static Window of(ChainHead head, List<MessageRow> read, int wanted) {
    List<MessageRow> proved = new ArrayList<>(wanted);
    ChainLink expected = head.last();
    for (int i = 0; i < read.size() && i < wanted; i++) {
      LinkRow row = LinkRow.of(read.get(i));
      boolean first = i + 1 == read.size();
      ChainLink before = first ? head.floor() : read.get(i + 1).link();
      if (before == null
          || !expected.equals(row.link())
          || !expected.equals(row.linkAfter(head.chain(), before))) {
        return new Window(proved, expected, false);
      }
      proved.add(read.get(i));
      expected = before;
    }
    return new Window(proved, expected, read.size() > wanted || expected.equals(head.floor()));
  }
}
