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
import java.util.stream.Stream;

/** The one grammar: what can be said, and what it becomes. Help and every skin are made from it. */
final class CommandTree {
  private static final Option ID =
      new Option("id", "The assistant, as `assistant list` names it", true, true);
  private static final Option ID_OR_HERE =
      new Option("id", "The assistant; without it, the one that answers here", false, true);

  private static final List<Leaf> OTHERS =
      List.of(
          Leaf.of("help help", "What you can say", _ -> new BotCommand.Help()),
          Leaf.of(
              "assistant list", "Which assistants there are", _ -> new BotCommand.AssistantList()),
          Leaf.of(
              "assistant show",
              "What an assistant is, and why it answers here",
              words -> new BotCommand.AssistantShow(words.isEmpty() ? "" : words.getFirst()),
              ID_OR_HERE),
          Leaf.of(
              "assistant use",
              "Let an assistant answer in this place",
              words -> new BotCommand.AssistantUse(words.getFirst()),
              ID),
          Leaf.of("chat new", "Start afresh in this place", _ -> new BotCommand.ChatNew()),
          Leaf.of("memory show", "What is remembered about you", _ -> new BotCommand.MemoryShow()),
          Leaf.of(
              "memory forget",
              "Forget everything you said here, and the answers",
              _ -> new BotCommand.MemoryForget()));

  private static final List<Leaf> LEAVES =
      Stream.of(OTHERS, KeyWords.leaves(), AuditCommands.leaves()).flatMap(List::stream).toList();

  private CommandTree() {}

  static List<Group> groups() {
    Map<String, List<Verb>> verbs = new LinkedHashMap<>();
    for (Leaf leaf : shown()) {
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
    for (Leaf leaf : shown()) {
      help.append("- `/sotto ").append(leaf.usage()).append("` ").append(leaf.description());
      boolean admins = leaf.make().apply(List.of("x")).forAdministrators();
      help.append(admins ? " (administrators)\n" : "\n");
    }
    return help.append("\nOr mention me, or write to me directly.").toString();
  }

  private static String unknown(String name) {
    return "There is no such command"
        + Nearest.hint(name, shown().stream().map(Leaf::name).toList())
        + " Say `/sotto help` to see what each does.";
  }

  private static List<Leaf> shown() {
    return LEAVES.stream().filter(it -> !it.hidden()).toList();
  }

  /** What a line came to. */
  sealed interface Parsed {
    record Understood(BotCommand command) implements Parsed {}

    /** Says in a line what is wrong, and the mend. */
    record Unclear(String line) implements Parsed {}
  }
}
