package dev.sotto.command;

import java.util.Locale;

/** What a person can tell the bot to do, parsed. */
sealed interface BotCommand {

  /** Whether only administrators may. */
  default boolean forAdministrators() {
    return switch (this) {
      case Help _, AssistantList _, AssistantShow _, ChatNew _, MemoryShow _, MemoryForget _ ->
          false;
      case AssistantUse _, OfKeys _, OfAudit _ -> true;
    };
  }

  /** Whether it may take minutes, and others must not wait for it. */
  default boolean takesLong() {
    return switch (this) {
      case KeysRotate _, KeysRetire _, KeysConfirm _, AuditVerify _, AuditExport _ -> true;
      case Help _,
          AssistantList _,
          AssistantShow _,
          AssistantUse _,
          ChatNew _,
          MemoryShow _,
          MemoryForget _,
          KeysStatus _,
          KeysProgress _,
          KeysInventory _,
          KeysEmergency _,
          AuditTail _ ->
          false;
    };
  }

  /** As it is said and written down, such as {@code keys rotate data}. */
  default String title() {
    String name = getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    String of =
        switch (this) {
          case AssistantUse(String id) -> named(id);
          case KeysRotate(KeyWords words) -> words.what() + named(words.id());
          case KeysEmergency(KeyWords words, boolean dryRun) ->
              words.what() + named(words.id()) + (dryRun ? " dry-run" : "");
          case Help _, AssistantList _, AssistantShow _, ChatNew _, MemoryShow _, MemoryForget _ ->
              "";
          case KeysStatus _, KeysProgress _, KeysInventory _, KeysRetire _, KeysConfirm _ -> "";
          case OfAudit _ -> "";
        };
    return (name.toLowerCase(Locale.ROOT) + " " + of).replaceAll(" +", " ").strip();
  }

  /** What may be an id of ours or of a platform, and nothing else that was typed. */
  private static String named(String id) {
    return id.matches("[A-Za-z0-9:_-]{1,64}") ? " " + id : "";
  }

  record Help() implements BotCommand {}

  record AssistantList() implements BotCommand {}

  /** Shows the one of that id; an empty id means the one that answers here. */
  record AssistantShow(String id) implements BotCommand {}

  record AssistantUse(String id) implements BotCommand {}

  record ChatNew() implements BotCommand {}

  record MemoryShow() implements BotCommand {}

  record MemoryForget() implements BotCommand {}

  /** What is done with keys. */
  sealed interface OfKeys extends BotCommand {}

  record KeysStatus() implements OfKeys {}

  record KeysProgress() implements OfKeys {}

  record KeysInventory() implements OfKeys {}

  record KeysRotate(KeyWords words) implements OfKeys {}

  record KeysRetire() implements OfKeys {}

  /** Asks back before anything is done. */
  record KeysEmergency(KeyWords words, boolean dryRun) implements OfKeys {}

  /** Yes to what was asked back, by what {@link Confirmations} gave for it. */
  record KeysConfirm(String once) implements OfKeys {}

  /** What is asked of the audit log; it changes nothing, so that a broken one can be looked at. */
  sealed interface OfAudit extends BotCommand {}

  record AuditTail(String count) implements OfAudit {}

  record AuditVerify() implements OfAudit {}

  /** To a file, at the terminal alone; an empty name means one that is made up. */
  record AuditExport(String file) implements OfAudit {}
}
