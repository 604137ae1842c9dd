package dev.sotto.bots;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.command.Commands;
import dev.sotto.command.Done;
import io.micronaut.context.ApplicationContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The commands of the chat, from the terminal: the same words, the same answers. */
abstract class ChatCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "WORD", description = "As after /sotto in a chat.")
  private List<String> words = List.of();

  private final String group;

  ChatCommand(String group) {
    this.group = group;
  }

  @Override
  public Integer call() {
    Workspace terminal = new Workspace(Platform.TERMINAL, "local");
    Address address = new Address(terminal, Address.Kind.DIRECT, "terminal", Optional.empty());
    Person operator = new Person(terminal, "operator");
    try (ApplicationContext context = Installation.open(Map.of())) {
      String line = (group + " " + String.join(" ", words)).strip();
      var now = context.getBean(Clock.class).instant();
      var command = new ChatEvent.Command("", address, operator, now, line, "");
      Commands commands = context.getBean(Commands.class);
      Done done = commands.run(command, _ -> Optional.empty());
      System.out.println(done.reply().text());
      return done.well() ? 0 : 1;
    }
  }

  @Command(
      name = "keys",
      mixinStandardHelpOptions = true,
      description = "keys status | rotate: how the keys are doing, and new ones.")
  static final class Keys extends ChatCommand {
    Keys() {
      super("keys");
    }
  }

  @Command(
      name = "assistant",
      mixinStandardHelpOptions = true,
      description = "assistant list | show ID: which assistants there are.")
  static final class Assistants extends ChatCommand {
    Assistants() {
      super("assistant");
    }
  }

  @Command(
      name = "audit",
      mixinStandardHelpOptions = true,
      description =
          "audit tail [COUNT] | verify | export [FILE]: who did what; 1 if it does not verify.")
  static final class Audit extends ChatCommand {
    Audit() {
      super("audit");
    }
  }
}
