package dev.sotto.memory;

import dev.sotto.crypto.Anchors;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * Takes messages away with all that was made of them. A conversation is held from its first change
 * on, so that nobody writes into one that goes; what stays of it still verifies.
 */
@Singleton
class Erasing {
  static final int BATCH = 500;

  private final Heads heads;
  private final Removals removals;
  private final Anchors anchors;
  private final ConversationRows conversations;
  private final MessageRows messages;
  private final SummaryRows summaries;
  private final Provider<Erasing> self;

  /**
   * @param self this bean as others see it, with its transactions
   */
  Erasing(
      Heads heads,
      Removals removals,
      Anchors anchors,
      ConversationRows conversations,
      MessageRows messages,
      SummaryRows summaries,
      Provider<Erasing> self) {
    this.heads = heads;
    this.removals = removals;
    this.anchors = anchors;
    this.conversations = conversations;
    this.messages = messages;
    this.summaries = summaries;
    this.self = self;
  }

  /** Where messages of a scope are held. */
  @Transactional
  List<UUID> conversationsOf(UUID scope) {
    return messages.conversationsOf(scope);
  }

  /** Those of the conversations that are there. */
  @Transactional
  List<UUID> existing(List<UUID> ids) {
    return conversations.existing(ids);
  }

  @Transactional
  long countIn(UUID conversation) {
    return messages.countIn(conversation);
  }

  /** Drops what was made of the messages of a conversation, and what is just being made. */
  @Transactional
  void dropDerived(UUID conversation) {
    heads.lock(conversation).ifPresent(it -> heads.save(it, it.head().unnoted()));
    summaries.deleteByConversation(conversation);
  }

  /**
   * Messages that are sealed for a scope, and the conversations that are then empty: a transaction
   * for each conversation. Says how many messages.
   */
  int removeOf(UUID scope) {
    List<UUID> touched = self.get().conversationsOf(scope);
    int removed = removals.removeAll(new Removal.Of(scope));
    touched.stream().sorted().forEach(it -> self.get().deleteIfEmpty(it));
    return removed;
  }

  /** Messages of a conversation, {@value #BATCH} at most, and it when it is empty. */
  @Transactional
  int removeIn(UUID conversation) {
    heads.lock(conversation).ifPresent(it -> heads.save(it, it.head().afresh()));
    summaries.deleteByConversation(conversation);
    List<UUID> batch = messages.someIn(conversation, BATCH);
    if (batch.isEmpty()) {
      deleteEmpty(conversation);
      return 0;
    }
    return messages.deleteAll(batch);
  }

  @Transactional
  void deleteIfEmpty(UUID conversation) {
    if (conversations.lock(conversation).isPresent()
        && messages.someIn(conversation, 1).isEmpty()) {
      deleteEmpty(conversation);
    }
  }

  private void deleteEmpty(UUID conversation) {
    conversations
        .lock(conversation)
        .ifPresent(it -> {
          conversations.deleteById(it.id());
          anchors.drop(it.fingerprint());
        });
  }
}
