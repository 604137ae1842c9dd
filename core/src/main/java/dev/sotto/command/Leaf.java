package dev.sotto.command;

import dev.sotto.chat.CommandCatalogue.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One command of the tree.
 *
 * @param make from the values in the order of the options; of a flag its name, wherever it stood
 * @param hidden whether only a button says it
 */
record Leaf(
    String group,
    String verb,
    String description,
    List<Option> options,
    Function<List<String>, BotCommand> make,
    boolean hidden) {

  static Leaf of(
      String name, String description, Function<List<String>, BotCommand> make, Option... options) {
    String[] words = name.split(" ", 2);
    return new Leaf(words[0], words[1], description, List.of(options), make, false);
  }

  static Leaf hidden(String name, Function<List<String>, BotCommand> make, Option... options) {
    String[] words = name.split(" ", 2);
    return new Leaf(words[0], words[1], "", List.of(options), make, true);
  }

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

  CommandTree.Parsed read(List<String> words) {
    List<String> flags = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (String word : words) {
      Optional<String> flag = flag(word);
      flag.ifPresentOrElse(flags::add, () -> values.add(word));
    }
    List<Option> valued = options.stream().filter(it -> !it.isFlag()).toList();
    long required = valued.stream().filter(Option::required).count();
    if (values.size() < required || values.size() > valued.size()) {
      return new CommandTree.Parsed.Unclear("Say it like this: `/sotto " + usage() + "`");
    }
    Optional<String> refused = refused(valued, values);
    values.addAll(flags);
    return refused
        .<CommandTree.Parsed>map(CommandTree.Parsed.Unclear::new)
        .orElseGet(() -> new CommandTree.Parsed.Understood(make.apply(values)));
  }

  /** A flag is given by its name, with or without the dashes of a terminal. */
  private Optional<String> flag(String word) {
    String plain = word.startsWith("--") ? word.substring(2) : word;
    return options.stream()
        .filter(it -> it.isFlag() && it.name().equalsIgnoreCase(plain))
        .map(Option::name)
        .findFirst();
  }

  /** Puts a choice as it is written in the tree; a line where it is none. */
  private static Optional<String> refused(List<Option> options, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      List<String> choices = options.get(i).choices();
      String value = values.get(i);
      Optional<String> choice = choices.stream().filter(value::equalsIgnoreCase).findFirst();
      if (!choices.isEmpty() && choice.isEmpty()) {
        return Optional.of(
            "For `%s` say one of: %s."
                .formatted(options.get(i).name(), String.join(", ", choices)));
      }
      values.set(i, choice.orElse(value));
    }
    return Optional.empty();
  }
}
