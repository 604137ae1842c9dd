package dev.sotto.memory;

import dev.sotto.chat.Address;
import dev.sotto.chat.Person;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The sealed memory of all conversations. A question and its answer are sealed under the key of the
 * person who asked; a stored message that does not open is left out, counted and logged, and never
 * hides the others.
 */
@Singleton
public class Memory {
  /** How many messages are recalled or shown at the most. */
  public static final int MOST = 400;

  private final Vault vault;
  private final ConversationRows conversations;
  private final MessageRows messages;
  private final SummaryRows summaries;
  private final Clock clock;

  Memory(
      Vault vault,
      ConversationRows conversations,
      MessageRows messages,
      SummaryRows summaries,
      Clock clock) {
    this.vault = vault;
    this.conversations = conversations;
    this.messages = messages;
    this.summaries = summaries;
    this.clock = clock;
  }

  /**
   * The newest messages of a conversation.
   *
   * @param window how many, {@value #MOST} at the most
   * @param retention how old they may be, also when they were to be kept for longer once
   */
  public Recollection recall(ConversationKey key, int window, Duration retention) {
    Instant now = clock.instant();
    int most = Math.min(window, MOST);
    return conversations
        .findByFingerprint(fingerprint(key))
        .map(it -> messages.newest(it.id(), it.firstSeq(), now.minus(retention), now, most))
        .map(this::open)
        .orElse(new Recollection(List.of(), 0));
  }

  /**
   * The newest messages that one person wrote in a workspace, with the answers, as far as they are
   * still to be kept.
   */
  public Recollection recallOf(Person person, int most) {
    return open(messages.newestOf(scope(person).id(), clock.instant(), Math.min(most, MOST)));
  }

  /** Readies what {@link #remember} needs, outside of its transaction. */
  public Scope scope(Person person) {
    return vault.person(person.workspace().key(), person.id());
  }

  /**
   * Keeps a turn. Joins the caller's transaction.
   *
   * @param scope of the person, from {@link #scope}
   */
  @Transactional
  public void remember(Exchange exchange, Scope scope) {
    Fingerprint fingerprint = fingerprint(exchange.conversation());
    ConversationRow conversation =
        conversations
            .lock(fingerprint)
            .orElseGet(() -> {
              conversations.create(vault.newId(), fingerprint);
              return conversations.lock(fingerprint).orElseThrow();
            });
    long seq = conversation.nextSeq();
    Fingerprint source = source(exchange);
    messages.saveAll(
        List.of(
            row(conversation.id(), seq, Recollection.Role.PERSON, exchange, scope, source),
            row(conversation.id(), seq + 1, Recollection.Role.ASSISTANT, exchange, scope, source)));
    conversations.advance(
        conversation.id(), exchange.closes() ? seq + 2 : conversation.firstSeq(), seq + 2);
  }

  /** From now on the conversation begins afresh; what was said stays until it is forgotten. */
  @Transactional
  public void startAfresh(ConversationKey key) {
    Fingerprint fingerprint = fingerprint(key);
    conversations.startAfresh(fingerprint);
    summaries.deleteByFingerprint(fingerprint);
  }

  /**
   * Deletes one message, by the platform's id, the answer to it and the summary of its
   * conversation; says how many messages.
   */
  @Transactional
  public int forget(Address address, String messageId) {
    Fingerprint source = vault.fingerprint(address.workspace().key(), Domain.MESSAGE, messageId);
    conversations.raiseEpochBySource(source);
    summaries.deleteFedBySource(source);
    return messages.deleteBySource(source);
  }

  private MessageRow row(
      UUID conversation,
      long seq,
      Recollection.Role role,
      Exchange exchange,
      Scope scope,
      Fingerprint source) {
    UUID id = vault.newId();
    String text = role == Recollection.Role.PERSON ? exchange.question() : exchange.answer();
    Ciphertext body = vault.seal(new Cell(Field.MESSAGE, scope, id, 1), text);
    return new MessageRow(
        id,
        conversation,
        seq,
        role,
        source,
        exchange.at(),
        exchange.at().plus(exchange.retention()),
        scope.id(),
        body.keyId(),
        1,
        body);
  }

  private Recollection open(List<MessageRow> newestFirst) {
    return OpenedMessages.of(newestFirst, vault);
  }

  private Fingerprint fingerprint(ConversationKey key) {
    return key.fingerprint(vault);
  }

  private Fingerprint source(Exchange exchange) {
    return vault.fingerprint(exchange.workspace().key(), Domain.MESSAGE, exchange.messageId());
  }
}
