package dev.sotto.memory;

import dev.sotto.crypto.Anchors;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
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

  Erasing(
      Heads heads,
      Removals removals,
      Anchors anchors,
      ConversationRows conversations,
      MessageRows messages,
      SummaryRows summaries) {
    this.heads = heads;
    this.removals = removals;
    this.anchors = anchors;
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
    heads.lock(conversation).ifPresent(it -> heads.save(it, it.head().unnoted()));
    summaries.deleteByConversation(conversation);
  }

  /**
   * Messages of one conversation that are sealed for a scope, {@value Removals#BATCH} at most, and
   * it when it is empty. Says how many messages.
   */
  @Transactional
  int removeOf(UUID scope) {
    return messages.anyConversationOf(scope).map(it -> removeOf(scope, it)).orElse(0);
  }

  private int removeOf(UUID scope, UUID conversation) {
    int removed = removals.remove(conversation, new Removal.Of(scope));
    if (messages.someIn(conversation, 1).isEmpty()) {
      deleteEmpty(conversation);
    }
    return removed;
  }

  /** Messages of a conversation, {@value #BATCH} at most, and it when it is empty. */
  @Transactional
  int removeIn(UUID conversation) {
    Optional<Held> held = heads.lock(conversation);
    summaries.deleteByConversation(conversation);
    List<UUID> batch = messages.someIn(conversation, BATCH);
    if (batch.isEmpty()) {
      deleteEmpty(conversation);
      return 0;
    }
    held.ifPresent(it -> heads.save(it, it.head().afresh()));
    return messages.deleteAll(batch);
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
