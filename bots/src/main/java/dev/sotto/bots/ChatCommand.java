package dev.sotto.bots;

import static java.util.stream.Collectors.joining;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Reply.Choice;
import dev.sotto.chat.Workspace;
import dev.sotto.command.Commands;
import dev.sotto.command.Done;
import io.micronaut.context.ApplicationContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of the chat, from the terminal: the same words, the same answers. */
abstract class ChatCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "WORD", description = "As after /sotto in a chat.")
  private List<String> words = List.of();

  @Option(names = "--yes", description = "Do what would be asked back, without asking.")
  private boolean yes;

  private final String group;

  ChatCommand(String group) {
    this.group = group;
  }

  /** Words that are given as options here. */
  List<String> flags() {
    return List.of();
  }

  /** 0 where everything was done, else 1. */
  @Override
  public Integer call() {
    try (ApplicationContext context = Installation.open(Map.of())) {
      Commands commands = context.getBean(Commands.class);
      Clock clock = context.getBean(Clock.class);
      String line =
          Stream.of(List.of(group), words, flags()).flatMap(List::stream).collect(joining(" "));
      Done done = run(commands, clock, line);
      for (Choice choice : done.reply().choices()) {
        if (!agreed(choice)) {
          return 1;
        }
        done = run(commands, clock, choice.value());
      }
      return done.well() ? 0 : 1;
    }
  }

  private static Done run(Commands commands, Clock clock, String line) {
    Workspace terminal = new Workspace(Platform.TERMINAL, "local");
    Address address = new Address(terminal, Address.Kind.DIRECT, "terminal", Optional.empty());
    Person operator = new Person(terminal, "operator");
    var command = new ChatEvent.Command("", address, operator, clock.instant(), line, "");
    ProgressBar bar = new ProgressBar(System.out, Terminal.console().isPresent());
    Done done = commands.run(command, _ -> Optional.empty(), bar);
    bar.end();
    System.out.println(TerminalAnswer.plain(done.reply().text()));
    return done;
  }

  /** Where nobody can be asked, the answer is no. */
  private boolean agreed(Choice choice) {
    if (yes) {
      return true;
    }
    Optional<String> answer =
        Terminal.console().map(it -> String.valueOf(it.readLine("%s? [y/N] ", choice.label())));
    if (answer.isEmpty()) {
      System.out.println("Nothing was done: say --yes to do it without being asked.");
    }
    return answer.filter(it -> it.strip().equalsIgnoreCase("y")).isPresent();
  }

  @Command(
      name = "keys",
      mixinStandardHelpOptions = true,
      description = {
        "keys status | progress | inventory: how the keys are doing.",
        "keys rotate [WHAT] [ID]: new keys for all that is sealed, or for WHAT: data, workspace,"
            + " scope, workspace-keys, root, audit.",
        "keys retire: finish what was cut off, and destroy keys that no row uses.",
        "keys emergency WHAT [ID] [dry-run]: replace at once what others may know."
      })
  static final class Keys extends ChatCommand {
    @Option(names = "--dry-run", description = "Of emergency: only count and estimate.")
    private boolean dryRun;

    Keys() {
      super("keys");
    }

    @Override
    List<String> flags() {
      return dryRun ? List.of("dry-run") : List.of();
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
      subcommands = LeaksCommand.class,
      description = {
        "audit tail [COUNT]: what was done last, and by whom.",
        "audit verify: ends with 1 if somebody has changed the audit log.",
        "audit export [FILE]: all of it, to a file as lines of JSON."
      })
  static final class Audit extends ChatCommand {
    Audit() {
      super("audit");
    }
  }
}
