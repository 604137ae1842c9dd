package dev.sotto.conversation;

import dev.sotto.access.Access;
import dev.sotto.assistant.Assistant;
import dev.sotto.assistant.Assistant.Rate;
import dev.sotto.assistant.Who;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.Vault;
import dev.sotto.guard.Verdict;
import jakarta.inject.Singleton;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether an assistant may be talked to: by this person at all, and once more in this period. What
 * is used is counted after the answer, so answers that are thought of at the same time may pass a
 * limit together, and a crash in between loses the count of one answer.
 */
@Singleton
class Allowance {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy 'at' HH:mm 'UTC'", Locale.ENGLISH);

  private final Access access;
  private final Used used;
  private final Vault vault;

  Allowance(Access access, Used used, Vault vault) {
    this.access = access;
    this.used = used;
    this.vault = vault;
  }

  Verdict admit(Assistant assistant, ChatEvent.Message message) {
    if (assistant.access().use().stream().noneMatch(who -> means(who, message.person()))) {
      return new Verdict.Refused(
          "That is not allowed: " + assistant.name() + " is for certain people only.");
    }
    Optional<Verdict> refused =
        assistant
            .limits()
            .messagesPerPerson()
            .filter(it -> used.up(messages(assistant, message.person()), it))
            .map(it -> refused("You have reached your limit of messages: " + it, it));
    return refused
        .or(() ->
            assistant
                .limits()
                .tokens()
                .filter(it -> used.up(tokens(assistant), it))
                .map(it -> refused(assistant.name() + " has used all its tokens: " + it, it)))
        .orElse(new Verdict.Admitted(message.text()));
  }

  /** Whether the assistant has tokens left. */
  boolean hasTokens(Assistant assistant) {
    return assistant.limits().tokens().filter(it -> used.up(tokens(assistant), it)).isEmpty();
  }

  /** Counts a message that was answered. */
  void answered(Assistant assistant, Person person) {
    assistant
        .limits()
        .messagesPerPerson()
        .ifPresent(it -> used.add(messages(assistant, person), it, 1));
  }

  /** Counts tokens that were used, for whatever came of them. */
  void spent(Assistant assistant, long tokens) {
    assistant
        .limits()
        .tokens()
        .filter(_ -> tokens > 0)
        .ifPresent(it -> used.add(tokens(assistant), it, tokens));
  }

  private Verdict refused(String line, Rate rate) {
    return new Verdict.Refused(
        line + ". It starts again on " + TIME.format(used.next(rate.per())) + ".");
  }

  private Fingerprint messages(Assistant assistant, Person person) {
    return vault.fingerprint(
        person.workspace().key(), Domain.LIMIT, "messages", assistant.id(), person.id());
  }

  private Fingerprint tokens(Assistant assistant) {
    return vault.fingerprint(Domain.LIMIT, "tokens", assistant.id());
  }

  /** Roles are not told by the platforms yet: who is named by one only is not let in. */
  private boolean means(Who who, Person person) {
    return switch (who) {
      case Who.Everyone _ -> true;
      case Who.Admins _ -> access.isAdministrator(person);
      case Who.Role _ -> false;
      case Who.One it ->
          it.platform() == person.workspace().platform() && it.id().equals(person.id());
    };
  }
}
