package dev.sotto.command;

import dev.sotto.assistant.Assistant;
import dev.sotto.assistant.Assistants;
import dev.sotto.assistant.Nearest;
import dev.sotto.assistant.Residents;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform.PlaceName;
import dev.sotto.chat.CommandCatalogue;
import dev.sotto.chat.Person;
import dev.sotto.crypto.Receipt;
import dev.sotto.memory.ConversationKey;
import dev.sotto.memory.Erasure;
import dev.sotto.memory.Memory;
import dev.sotto.memory.Recollection;
import dev.sotto.memory.Recollection.Role;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Does what a command says, for those who may. Every answer is for the asking person alone. */
@Singleton
public class Commands implements CommandCatalogue {
  private static final int MOST_PROPOSED = 25;
  private static final int SHOWN = 20;
  private static final int LONGEST_SHOWN = 300;

  private final Administration administration;
  private final Assistants assistants;
  private final Residents residents;
  private final Memory memory;
  private final Erasure erasure;
  private final KeyCommands keys;

  Commands(
      Administration administration,
      Assistants assistants,
      Residents residents,
      Memory memory,
      Erasure erasure,
      KeyCommands keys) {
    this.administration = administration;
    this.assistants = assistants;
    this.residents = residents;
    this.memory = memory;
    this.erasure = erasure;
    this.keys = keys;
  }

  /**
   * Never throws for what was typed: what is unclear or not allowed is said in one line.
   *
   * @param watcher told how far a command is that takes long
   */
  public Done run(
      ChatEvent.Command command,
      Function<Address, Optional<PlaceName>> names,
      Doing.Watcher watcher) {
    return switch (CommandTree.parse(command.line())) {
      case CommandTree.Parsed.Unclear it -> Done.badly(it.line());
      case CommandTree.Parsed.Understood(BotCommand it) ->
          administration.run(it, command.person(), () -> run(it, command, names, watcher));
    };
  }

  /** Whether a command may take minutes, so that nothing else should wait for it. */
  public boolean takesLong(ChatEvent.Command command) {
    return CommandTree.parse(command.line()) instanceof CommandTree.Parsed.Understood it
        && it.command().takesLong();
  }

  @Override
  public List<Group> groups() {
    return CommandTree.groups();
  }

  @Override
  public List<String> complete(Address address, Person person, Option option, String typed) {
    String start = typed.toLowerCase(Locale.ROOT);
    return ids().stream().filter(it -> it.startsWith(start)).limit(MOST_PROPOSED).toList();
  }

  private Done run(
      BotCommand command,
      ChatEvent.Command from,
      Function<Address, Optional<PlaceName>> names,
      Doing.Watcher watcher) {
    Address address = from.address();
    Person person = from.person();
    return switch (command) {
      case BotCommand.Help _ -> Done.well(CommandTree.help());
      case BotCommand.AssistantList _ -> Done.well(list());
      case BotCommand.AssistantShow it -> Done.well(show(it.id(), address, names));
      case BotCommand.AssistantUse it -> use(it.id(), address);
      case BotCommand.ChatNew _ ->
          Done.well(startAfresh(residents.at(address, names), address, person));
      case BotCommand.MemoryShow _ -> Done.well(show(memory.recallOf(person, SHOWN)));
      case BotCommand.MemoryForget _ -> Done.well(forgotten(erasure.person(person, (_, _) -> {})));
      case BotCommand.OfKeys it -> keys.run(it, address, person, watcher);
      case BotCommand.OfAudit it -> administration.audit(it, person);
    };
  }

  private String list() {
    return assistants.all().stream()
        .map(it -> "- `%s` **%s** %s".formatted(it.id(), it.name(), it.description()))
        .collect(Collectors.joining("\n"));
  }

  private String show(String id, Address address, Function<Address, Optional<PlaceName>> names) {
    Assistant here = residents.at(address, names);
    return (id.isEmpty() ? Optional.of(here) : assistants.find(id))
        .map(it -> describe(it, here))
        .orElseGet(() -> unknown(id));
  }

  private static String describe(Assistant assistant, Assistant here) {
    return """
    **%s** (`%s`, version %s)
    %s
    Models: %s
    Memory: one conversation for each %s, the last %d turns
    Here answers: `%s`\
    """
        .formatted(
            assistant.name(),
            assistant.id(),
            assistant.version(),
            assistant.description(),
            String.join(", ", assistant.models()),
            assistant.memory().scope().name().toLowerCase(Locale.ROOT),
            assistant.memory().window(),
            here.id());
  }

  private Done use(String id, Address address) {
    return assistants
        .find(id)
        .map(it -> {
          residents.choose(address, it);
          return Done.well("From now on **%s** answers here.".formatted(it.name()));
        })
        .orElseGet(() -> Done.badly(unknown(id)));
  }

  private String unknown(String id) {
    return "There is no such assistant" + Nearest.hint(id, ids());
  }

  private List<String> ids() {
    return assistants.all().stream().map(Assistant::id).toList();
  }

  private String startAfresh(Assistant assistant, Address address, Person person) {
    memory.startAfresh(ConversationKey.of(assistant, address, person));
    return "**%s** starts afresh here.".formatted(assistant.name());
  }

  private static String show(Recollection mine) {
    String said =
        mine.said().stream()
            .map(it -> (it.role() == Role.PERSON ? "- You: " : "- Answer: ") + brief(it.text()))
            .collect(Collectors.joining("\n"));
    return said.isEmpty()
        ? "Nothing is remembered about you here."
        : "The latest that is remembered about you, for your eyes only:\n"
            + said
            + "\n\n`/sotto memory forget` deletes all of it.";
  }

  private static String forgotten(Optional<Receipt> receipt) {
    return receipt
        .map(it ->
            """
            Forgotten: everything you said here and the answers to it. The keys are destroyed, \
            and what they sealed, %d rows, is deleted. The signed receipt, without a word of it:
            ```
            %s
            ```\
            """
                .formatted(it.rows(), it.json()))
        .orElse("There was nothing to forget.");
  }

  private static String brief(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
  }
}
