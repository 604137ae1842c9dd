package dev.sotto.command;

import dev.sotto.access.Access;
import dev.sotto.audit.Action;
import dev.sotto.audit.AuditLog;
import dev.sotto.audit.Note;
import dev.sotto.audit.Outcome;
import dev.sotto.chat.Person;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Lets administrators alone do what is theirs, and writes down who did what, and who was refused.
 * What cannot be written down is not done.
 */
@Singleton
final class Administration {
  private static final String NOT_ALLOWED =
      "That is not allowed: only administrators of this bot may do it.";
  private static final String NOT_WRITTEN =
      "Not done: the audit log cannot take it, and without it no command of an administrator is"
          + " done. `/sotto audit verify` tells more.";

  private final Access access;
  private final AuditLog log;
  private final AuditCommands commands;

  Administration(Access access, AuditLog log, AuditCommands commands) {
    this.access = access;
    this.log = log;
    this.commands = commands;
  }

  /** Runs a command, if the person may. */
  Done run(BotCommand command, Person person, Supplier<Done> work) {
    if (!command.forAdministrators()) {
      return work.get();
    }
    if (!access.isAdministrator(person)) {
      log.attempt(note(command, person, Outcome.REFUSED, ""));
      return Done.badly(NOT_ALLOWED);
    }
    boolean written = log.attempt(note(command, person, Outcome.BEGUN, ""));
    if (!written && !(command instanceof BotCommand.OfAudit)) {
      return Done.badly(NOT_WRITTEN);
    }
    return ended(command, person, work);
  }

  Done audit(BotCommand.OfAudit command, Person person) {
    return commands.run(command, person);
  }

  private Done ended(BotCommand command, Person person, Supplier<Done> work) {
    try {
      Done done = work.get();
      log.attempt(note(command, person, done.well() ? Outcome.DONE : Outcome.FAILED, ""));
      return done;
    } catch (RuntimeException e) {
      log.attempt(note(command, person, Outcome.FAILED, e.getClass().getSimpleName()));
      throw e;
    }
  }

  private static Note note(BotCommand command, Person person, Outcome outcome, String reason) {
    String actor = person.workspace().platform().key() + ":" + person.id();
    return new Note(Action.COMMAND, outcome, actor, command.title(), reason);
  }
}
