package dev.sotto.chat;

import java.util.List;

/** The tree of commands as data, from which every platform makes its own skin. */
public interface CommandCatalogue {

  List<Group> groups();

  /**
   * Proposes values for an option while a person types, at most 25.
   *
   * @param typed what stands there so far
   */
  List<String> complete(Address address, Person person, Option option, String typed);

  /**
   * Verbs under one noun. A group with one verb of the same name is a command by itself, like
   * {@code help}.
   */
  record Group(String name, String description, List<Verb> verbs) {
    public Group {
      verbs = List.copyOf(verbs);
    }
  }

  /** One command; its options are given in this order. */
  record Verb(String name, String description, List<Option> options) {
    public Verb {
      options = List.copyOf(options);
    }
  }

  /**
   * One value of a command.
   *
   * @param completed whether {@link CommandCatalogue#complete} knows values
   * @param choices the only values, at most 25; empty where any will do. An option whose one choice
   *     is its own name is a flag: given or not
   */
  record Option(
      String name, String description, boolean required, boolean completed, List<String> choices) {
    public Option {
      choices = List.copyOf(choices);
    }

    public Option(String name, String description, boolean required, boolean completed) {
      this(name, description, required, completed, List.of());
    }

    public static Option flag(String name, String description) {
      return new Option(name, description, false, false, List.of(name));
    }

    public boolean isFlag() {
      return choices.equals(List.of(name));
    }
  }
}
