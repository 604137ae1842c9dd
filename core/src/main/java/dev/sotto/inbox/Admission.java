package dev.sotto.inbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Says what is not taken in because too much is waiting already. What changes or deletes a message
 * is always taken.
 */
@Singleton
class Admission {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int PEOPLE = 100_000;

  private static final String CROWDED =
      "So much is waiting here that this was not taken. Please send it again in a few minutes.";

  private final Limits limits;
  private final EventRows rows;
  private final Backlog backlog;
  private final Vault vault;
  private final Cache<Person, AtomicInteger> minutes;
  private final Cache<Person, Boolean> told;

  Admission(Limits limits, EventRows rows, Backlog backlog, Vault vault, Ticker ticker) {
    this.limits = limits;
    this.rows = rows;
    this.backlog = backlog;
    this.vault = vault;
    Caffeine<Object, Object> each =
        Caffeine.newBuilder().maximumSize(PEOPLE).expireAfterWrite(MINUTE).ticker(ticker);
    this.minutes = each.build();
    this.told = each.build();
  }

  /** Why an event is not taken in, for its person; empty if it is. */
  Optional<String> refusal(ChatEvent event) {
    return switch (event) {
      case ChatEvent.Message it -> refusal(it.person(), it.text());
      case ChatEvent.Command it -> refusal(it.person(), it.line());
      case ChatEvent.Edit _, ChatEvent.Deletion _ -> Optional.empty();
    };
  }

  /** An event was taken in. */
  void taken(ChatEvent event) {
    backlog.grow(event.address().workspace());
  }

  /** Whether a person has not been told anything of the kind for a minute. */
  boolean isToBeTold(Person person) {
    return told.asMap().putIfAbsent(person, true) == null;
  }

  private Optional<String> refusal(Person person, String text) {
    if (text.length() > Limits.CHARACTERS) {
      return Optional.of(
          "This has %,d characters; %,d is the most that can be taken. Please send less of it."
              .formatted(text.length(), Limits.CHARACTERS));
    }
    if (minutes.get(person, _ -> new AtomicInteger()).incrementAndGet() > limits.perMinute()) {
      return Optional.of(
          "You sent more than %,d messages within a minute; this one and those after it were not taken. Please send them again in a minute."
              .formatted(limits.perMinute()));
    }
    int most = limits.waitingOfPerson();
    if (rows.waitingOf(scope(person), most) >= most) {
      return Optional.of(
          "%,d of your messages wait for an answer already, so this one was not taken. Please send it again when they have theirs."
              .formatted(most));
    }
    return backlog.isFull(person.workspace()) ? Optional.of(CROWDED) : Optional.empty();
  }

  private UUID scope(Person person) {
    return vault.person(person.workspace().key(), person.id()).id();
  }
}
