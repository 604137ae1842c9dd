package dev.sotto.memory;

import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.ChainLink;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.IntegrityException;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the newest rows of conversations and proves them. */
@Singleton
class Windows {
  private static final Logger LOG = LoggerFactory.getLogger(Windows.class);

  private final Heads heads;
  private final MessageRows messages;
  private final LinkRows links;
  private final Provider<Windows> self;

  /**
   * @param self this bean as others see it, with its transactions
   */
  Windows(Heads heads, MessageRows messages, LinkRows links, Provider<Windows> self) {
    this.heads = heads;
    this.messages = messages;
    this.links = links;
    this.self = self;
  }

  /** What was read and proved, under the head that proves it. */
  record Proved(Held held, Window window) {
    boolean broken() {
      return held.head().broken() || !window.intact();
    }
  }

  /**
   * The newest rows, empty where there is no such conversation or it was erased. Holds it only if
   * it does not verify as it was read, since somebody may have written meanwhile.
   */
  Optional<Proved> read(ConversationKey key, int most) {
    try {
      Optional<Proved> read = heads.find(key).map(it -> proved(it, most));
      if (read.isEmpty() || read.get().window().intact()) {
        return read;
      }
    } catch (IntegrityException e) {
      LOG.debug("read again: {}", e.getMessage());
    } catch (ErasedException e) {
      return Optional.empty();
    }
    heads.ready(key);
    return Optional.of(self.get().hold(key, most));
  }

  /**
   * Reads while nobody can write. What does not verify now is missing or was changed: it is told,
   * the conversation goes on with what is proved, and says so until it starts afresh.
   */
  @Transactional
  Proved hold(ConversationKey key, int most) {
    Proved proved = proved(heads.lock(key), most);
    Window window = proved.window();
    if (window.intact()) {
      return proved;
    }
    Held held = proved.held();
    heads.alarm(held.id(), "lacks messages, or they were changed");
    messages.deleteFrom(held.id(), held.head().nextSeq());
    long first = window.rows().isEmpty() ? held.head().nextSeq() : window.rows().getLast().seq();
    return new Proved(heads.save(held, held.head().keeping(first, window.before())), window);
  }

  /** Of rows of any conversations those that stand where they were written. */
  record Standing(List<MessageRow> rows, int fallen) {}

  /**
   * Reads, holds the conversations that were read from, and reads again while nobody can write.
   *
   * @param read which rows
   */
  @Transactional
  Standing standing(Supplier<List<MessageRow>> read) {
    Map<UUID, Optional<Held>> held = new TreeMap<>();
    read.get().forEach(it -> held.put(it.conversationId(), Optional.empty()));
    held.replaceAll((id, _) -> heads.lock(id));
    List<MessageRow> rows =
        read.get().stream().filter(it -> held.containsKey(it.conversationId())).toList();
    List<MessageRow> standing =
        rows.stream()
            .filter(row ->
                held.getOrDefault(row.conversationId(), Optional.empty())
                    .filter(it -> stands(it, row))
                    .isPresent())
            .toList();
    return new Standing(standing, rows.size() - standing.size());
  }

  private boolean stands(Held held, MessageRow row) {
    ChainHead head = held.head();
    boolean visible = row.seq() >= head.firstSeq();
    List<LinkRow> previous = links.before(row.conversationId(), row.seq());
    boolean first =
        previous.isEmpty() || (head.loose() && previous.getFirst().seq() < head.firstSeq());
    ChainLink before = first ? head.base() : previous.getFirst().link();
    return before != null
        && (visible || !head.loose())
        && LinkRow.of(row).linkAfter(head.chain(), before).equals(row.link());
  }

  private Proved proved(Held held, int most) {
    long first = held.head().firstSeq();
    return new Proved(held, prove(held, messages.newest(held.id(), first, most + 1), most));
  }

  Window prove(Held held, List<MessageRow> read, int most) {
    return Window.of(held.head(), read, most);
  }
}
