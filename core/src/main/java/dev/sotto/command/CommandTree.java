package dev.sotto.command;

import dev.sotto.assistant.Nearest;
import dev.sotto.chat.CommandCatalogue.Group;
import dev.sotto.chat.CommandCatalogue.Option;
import dev.sotto.chat.CommandCatalogue.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The one grammar: what can be said, and what it becomes. Help and every skin are made from it. */
final class CommandTree {
  private static final Option ID =
      new Option("id", "The assistant, as `assistant list` names it", true, true);
  private static final Option ID_OR_HERE =
      new Option("id", "The assistant; without it, the one that answers here", false, true);

  private static final Option COUNT = new Option("count", "How many entries", false, false);
  private static final Option FILE = new Option("file", "A file that is not there", false, false);

  private static final List<Leaf> LEAVES =
      List.of(
          leaf("help help", "What you can say", _ -> new BotCommand.Help()),
          leaf("assistant list", "Which assistants there are", _ -> new BotCommand.AssistantList()),
          leaf(
              "assistant show",
              "What an assistant is, and why it answers here",
              words -> new BotCommand.AssistantShow(words.isEmpty() ? "" : words.getFirst()),
              ID_OR_HERE),
          leaf(
              "assistant use",
              "Let an assistant answer in this place",
              words -> new BotCommand.AssistantUse(words.getFirst()),
              ID),
          leaf("chat new", "Start afresh in this place", _ -> new BotCommand.ChatNew()),
          leaf("memory show", "What is remembered about you", _ -> new BotCommand.MemoryShow()),
          leaf(
              "memory forget",
              "Forget everything you said here, and the answers",
              _ -> new BotCommand.MemoryForget()),
          leaf("keys status", "How the keys are doing", _ -> new BotCommand.KeysStatus()),
          leaf(
              "keys rotate",
              "Seal everything under new keys and destroy the old ones",
              _ -> new BotCommand.KeysRotate()),
          leaf(
              "audit tail",
              "What was done last, and by whom",
              words -> new BotCommand.AuditTail(words.isEmpty() ? "" : words.getFirst()),
              COUNT),
          leaf(
              "audit verify",
              "Check that nobody has changed the audit log",
              _ -> new BotCommand.AuditVerify()),
          leaf(
              "audit export",
              "Write the audit log to a file, at the terminal",
              words -> new BotCommand.AuditExport(words.isEmpty() ? "" : words.getFirst()),
              FILE));

  private CommandTree() {}

  static List<Group> groups() {
    Map<String, List<Verb>> verbs = new LinkedHashMap<>();
    for (Leaf leaf : LEAVES) {
      verbs
          .computeIfAbsent(leaf.group(), _ -> new ArrayList<>())
          .add(new Verb(leaf.verb(), leaf.description(), leaf.options()));
    }
    return verbs.entrySet().stream()
        .map(it -> new Group(it.getKey(), "Commands about " + it.getKey(), it.getValue()))
        .toList();
  }

  /** Reads a line; an empty one asks for help. */
  static Parsed parse(String line) {
    List<String> words =
        Arrays.stream(line.strip().split("\\s+")).filter(it -> !it.isEmpty()).toList();
    if (words.isEmpty() || words.getFirst().equalsIgnoreCase("help")) {
      return new Parsed.Understood(new BotCommand.Help());
    }
    String name = String.join(" ", words.subList(0, Math.min(2, words.size())));
    List<String> values = words.subList(Math.min(2, words.size()), words.size());
    return LEAVES.stream()
        .filter(it -> it.name().equalsIgnoreCase(name))
        .findFirst()
        .map(it -> it.read(values))
        .orElseGet(() -> new Parsed.Unclear(unknown(name)));
  }

  /** Every command on a line of its own, in Markdown. */
  static String help() {
    StringBuilder help = new StringBuilder("**What you can say**\n");
    for (Leaf leaf : LEAVES) {
      help.append("- `/sotto ").append(leaf.usage()).append("` ").append(leaf.description());
      boolean admins = leaf.make().apply(List.of("x")).forAdministrators();
      help.append(admins ? " (administrators)\n" : "\n");
    }
    return help.append("\nOr mention me, or write to me directly.").toString();
  }

  private static String unknown(String name) {
    return "There is no such command"
        + Nearest.hint(name, LEAVES.stream().map(Leaf::name).toList())
        + " Say `/sotto help` to see what each does.";
  }

  private static Leaf leaf(
      String name, String description, Function<List<String>, BotCommand> make, Option... options) {
    String[] words = name.split(" ", 2);
    return new Leaf(words[0], words[1], description, List.of(options), make);
  }

  /** What a line came to. */
  sealed interface Parsed {
    record Understood(BotCommand command) implements Parsed {}

    /** Says in a line what is wrong, and the mend. */
    record Unclear(String line) implements Parsed {}
  }

  private record Leaf(
      String group,
      String verb,
      String description,
      List<Option> options,
      Function<List<String>, BotCommand> make) {

    String name() {
      return group.equals(verb) ? verb : group + " " + verb;
    }

    String usage() {
      StringBuilder usage = new StringBuilder(name());
      for (Option option : options) {
        usage.append(option.required() ? " <" : " [").append(option.name());
        usage.append(option.required() ? ">" : "]");
      }
      return usage.toString();
    }

    Parsed read(List<String> values) {
      long required = options.stream().filter(Option::required).count();
      return values.size() < required || values.size() > options.size()
          ? new Parsed.Unclear("Say it like this: `/sotto " + usage() + "`")
          : new Parsed.Understood(make.apply(values));
    }
  }
}
