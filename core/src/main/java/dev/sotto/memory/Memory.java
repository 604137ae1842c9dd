package dev.sotto.memory;

import dev.sotto.chat.Address;
import dev.sotto.chat.Person;
import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.ChainLink;
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
import java.time.temporal.ChronoUnit;
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
  private final Heads heads;
  private final Windows windows;
  private final MessageRows messages;
  private final Removals removals;
  private final Clock clock;

  Memory(
      Vault vault,
      Heads heads,
      Windows windows,
      MessageRows messages,
      Removals removals,
      Chaining chaining,
      Clock clock) {
    chaining.complete();
    this.vault = vault;
    this.heads = heads;
    this.windows = windows;
    this.messages = messages;
    this.removals = removals;
    this.clock = clock;
  }

  /**
   * The newest messages of a conversation, as far as they are proved to be complete and in order:
   * what is older than the first gap is left out.
   *
   * @param window how many, {@value #MOST} at the most
   * @param retention how old they may be, also when they were to be kept for longer once
   */
  public Recollection recall(ConversationKey key, int window, Duration retention) {
    Instant now = clock.instant();
    Instant since = now.minus(retention);
    return windows
        .read(key, Math.min(window, MOST))
        .map(it ->
            OpenedMessages.of(
                it.window().rows().stream()
                    .filter(row -> row.saidAt().isAfter(since) && row.expiresAt().isAfter(now))
                    .toList(),
                vault,
                it.broken()))
        .orElse(Recollection.NOTHING);
  }

  /**
   * The newest messages that one person wrote in a workspace, with the answers, as far as they are
   * still to be kept.
   */
  public Recollection recallOf(Person person, int most) {
    UUID scope = scope(person).id();
    Instant now = clock.instant();
    Windows.Standing standing =
        windows.standing(() -> messages.newestOf(scope, now, Math.min(most, MOST)));
    Recollection opened = OpenedMessages.of(standing.rows(), vault, false);
    return new Recollection(opened.said(), opened.damaged() + standing.fallen(), false);
  }

  /** Readies what {@link #remember} needs, outside of its transaction. */
  public Scope scope(Person person) {
    return vault.person(person.workspace().key(), person.id());
  }

  /** Readies a conversation for its first turn, outside of the transaction that remembers it. */
  public void ready(ConversationKey key) {
    heads.ready(key);
  }

  /**
   * Keeps a turn. Joins the caller's transaction.
   *
   * @param scope of the person, from {@link #scope}
   */
  @Transactional
  public void remember(Exchange exchange, Scope scope) {
    Held held = heads.lock(exchange.conversation());
    ChainHead head = held.head();
    BlindIndex source = source(exchange);
    MessageRow question = row(held, head.last(), Recollection.Role.PERSON, exchange, scope, source);
    MessageRow answer =
        row(held, question.linked(), Recollection.Role.ASSISTANT, exchange, scope, source);
    messages.saveAll(List.of(question, answer));
    ChainHead grown = head.grown(answer.linked(), head.nextSeq() + 2);
    heads.save(held, exchange.closes() ? grown.afresh() : grown);
  }

  /**
   * From now on the conversation begins afresh; what was said stays until it is forgotten. Call it
   * outside of transactions.
   */
  public void startAfresh(ConversationKey key) {
    heads.ready(key);
    removals.startAfresh(key);
  }

  /**
   * Deletes one message, by the platform's id, the answer to it and the summary of its
   * conversation; says how many messages.
   */
  @Transactional
  public int forget(Address address, String messageId) {
    return removals.removeAll(new Removal.With(sources(address, messageId)));
  }

  /**
   * Gives a message, by the platform's id, other words; the summary of its conversation goes. Where
   * it cannot be proved to be what was said it is forgotten. Says whether there is such a message.
   */
  public boolean revise(Address address, String messageId, String text) {
    return removals.rewordAll(new Removal.Reworded(sources(address, messageId), text));
  }

  /** Whether anything is remembered of a message, by the platform's id. */
  public boolean knows(Address address, String messageId) {
    return !messages.conversationsWith(sources(address, messageId)).isEmpty();
  }

  private List<BlindIndex> sources(Address address, String messageId) {
    return vault
        .indexes()
        .forms(vault.fingerprint(address.workspace().key(), Domain.MESSAGE, messageId));
  }

  private MessageRow row(
      Held held,
      ChainLink before,
      Recollection.Role role,
      Exchange exchange,
      Scope scope,
      BlindIndex source) {
    boolean question = role == Recollection.Role.PERSON;
    UUID id = vault.newId();
    Ciphertext body =
        vault.seal(
            new Cell(Field.MESSAGE, scope, id, 1),
            question ? exchange.question() : exchange.answer());
    Instant at = exchange.at().truncatedTo(ChronoUnit.MICROS);
    LinkRow link =
        new LinkRow(
            id,
            held.id(),
            held.head().nextSeq() + (question ? 0 : 1),
            role,
            source,
            at,
            at.plus(exchange.retention()).truncatedTo(ChronoUnit.MICROS),
            scope.id(),
            1,
            null);
    return link.with(link.linkAfter(held.head().chain(), before)).with(body);
  }

  private BlindIndex source(Exchange exchange) {
    Fingerprint message =
        vault.fingerprint(exchange.workspace().key(), Domain.MESSAGE, exchange.messageId());
    return vault.indexes().of(message).written();
  }
}
