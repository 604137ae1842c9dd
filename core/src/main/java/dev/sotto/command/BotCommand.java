package dev.sotto.command;

/** What a person can tell the bot to do, parsed. */
sealed interface BotCommand {

  /** Whether only administrators may. */
  default boolean forAdministrators() {
    return switch (this) {
      case Help _, AssistantList _, AssistantShow _, ChatNew _, MemoryShow _, MemoryForget _ ->
          false;
      case AssistantUse _, KeysStatus _, KeysRotate _ -> true;
    };
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
}
