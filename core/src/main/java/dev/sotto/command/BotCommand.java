package dev.sotto.command;

import java.util.Locale;

/** What a person can tell the bot to do, parsed. */
sealed interface BotCommand {

  /** Whether only administrators may. */
  default boolean forAdministrators() {
    return switch (this) {
      case Help _, AssistantList _, AssistantShow _, ChatNew _, MemoryShow _, MemoryForget _ ->
          false;
      case AssistantUse _, KeysStatus _, KeysRotate _, OfAudit _ -> true;
    };
  }

  /** As it is said and written down, such as {@code keys rotate}; without what was given to it. */
  default String title() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  record Help() implements BotCommand {}

  record AssistantList() implements BotCommand {}

  /** Shows the one of that id; an empty id means the one that answers here. */
  record AssistantShow(String id) implements BotCommand {}

  record AssistantUse(String id) implements BotCommand {}

  record ChatNew() implements BotCommand {}

  record MemoryShow() implements BotCommand {}

  record MemoryForget() implements BotCommand {}

  record KeysStatus() implements BotCommand {}

  record KeysRotate() implements BotCommand {}

  /** What is asked of the audit log; it changes nothing, so that a broken one can be looked at. */
  sealed interface OfAudit extends BotCommand {}

  record AuditTail(String count) implements OfAudit {}

  record AuditVerify() implements OfAudit {}

  /** To a file, at the terminal alone; an empty name means one that is made up. */
  record AuditExport(String file) implements OfAudit {}
}
