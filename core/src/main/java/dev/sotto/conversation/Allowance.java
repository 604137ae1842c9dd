package dev.sotto.conversation;

import dev.sotto.access.Access;
import dev.sotto.assistant.Assistant;
import dev.sotto.assistant.Assistant.Rate;
import dev.sotto.assistant.Who;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.guard.Verdict;
import dev.sotto.memory.Memory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** Whether an assistant may be talked to: by this person at all, and once more in this period. */
@Singleton
class Allowance {
  private final Access access;
  private final Memory memory;
  private final Clock clock;

  Allowance(Access access, Memory memory, Clock clock) {
    this.access = access;
    this.memory = memory;
    this.clock = clock;
  }

  Verdict admit(Assistant assistant, ChatEvent.Message message) {
    if (assistant.access().use().stream().noneMatch(who -> means(who, message.person()))) {
      return new Verdict.Refused(
          "That is not allowed: " + assistant.name() + " is for certain people only.");
    }
    return assistant
        .limits()
        .messagesPerPerson()
        .filter(it -> memory.countOf(message.person(), since(it)) >= it.amount())
        .<Verdict>map(it -> new Verdict.Refused("You have reached your limit of messages: " + it))
        .orElse(new Verdict.Admitted(message.text()));
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

  private Instant since(Rate rate) {
    ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
    ZonedDateTime begin =
        switch (rate.per()) {
          case MINUTE -> now.truncatedTo(ChronoUnit.MINUTES);
          case HOUR -> now.truncatedTo(ChronoUnit.HOURS);
          case DAY -> now.truncatedTo(ChronoUnit.DAYS);
          case MONTH -> now.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        };
    return begin.toInstant();
  }
}
