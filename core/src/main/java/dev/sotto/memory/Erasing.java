package dev.sotto.memory;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/**
 * Takes messages away in batches, with all that was made of them. Each call is one transaction; a
 * conversation is held from its first change on, so that nobody writes into one that goes.
 */
@Singleton
class Erasing {
  static final int BATCH = 500;

  private final ConversationRows conversations;
  private final MessageRows messages;
  private final SummaryRows summaries;

  Erasing(ConversationRows conversations, MessageRows messages, SummaryRows summaries) {
    this.conversations = conversations;
    this.messages = messages;
    this.summaries = summaries;
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
    if (conversations.lock(conversation).isPresent()) {
      conversations.raiseEpoch(conversation);
      summaries.deleteByConversation(conversation);
    }
  }

  /** Messages that are sealed for a scope, {@value #BATCH} at most; how many it were. */
  @Transactional
  int removeOf(UUID scope) {
    return remove(messages.someOf(scope, BATCH));
  }

  /** Messages of a conversation, {@value #BATCH} at most, and it when it is empty. */
  @Transactional
  int removeIn(UUID conversation) {
    int removed = remove(messages.someIn(conversation, BATCH));
    if (removed == 0 && conversations.lock(conversation).isPresent()) {
      deleteIfEmpty(conversation);
    }
    return removed;
  }

  private int remove(List<HeldRow> batch) {
    List<UUID> touched = batch.stream().map(HeldRow::conversationId).distinct().sorted().toList();
    touched.forEach(this::dropDerived);
    int removed = batch.isEmpty() ? 0 : messages.delete(batch.stream().map(HeldRow::id).toList());
    touched.forEach(this::deleteIfEmpty);
    return removed;
  }

  private void deleteIfEmpty(UUID conversation) {
    if (messages.anyIn(conversation).isEmpty()) {
      conversations.delete(conversation);
    }
  }
}
