package dev.sotto.command;

/** What a person can tell the bot to do, parsed. */
sealed interface BotCommand {

  /** Whether only administrators may. */
  default boolean forAdministrators() {
    return switch (this) {
      case Help _, AssistantList _, AssistantShow _, ChatNew _, MemoryShow _, MemoryForget _ ->
          false;
      case AssistantUse _, OfKeys _ -> true;
    };
  }

  /** Whether it may take minutes, and others must not wait for it. */
  default boolean takesLong() {
    return switch (this) {
      case KeysInventory _, KeysRotate _, KeysRetire _, KeysEmergency _, KeysConfirm _ -> true;
      case Help _,
          AssistantList _,
          AssistantShow _,
          AssistantUse _,
          ChatNew _,
          MemoryShow _,
          MemoryForget _,
          KeysStatus _,
          KeysProgress _ ->
          false;
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
}
