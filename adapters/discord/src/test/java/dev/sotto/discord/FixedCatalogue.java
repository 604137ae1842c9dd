package dev.sotto.discord;

import dev.sotto.chat.Address;
import dev.sotto.chat.CommandCatalogue;
import dev.sotto.chat.Person;
import java.util.List;
import java.util.stream.Stream;

/** A small tree of commands that never changes. */
final class FixedCatalogue implements CommandCatalogue {
  @Override
  public List<Group> groups() {
    Option id = new Option("id", "The assistant", true, true);
    Option version = new Option("version", "One of its versions", false, false);
    Option what = new Option("what", "Which keys", true, false, List.of("data", "root"));
    Option place = new Option("id", "Whose", false, false);
    Option dryRun = Option.flag("dry-run", "Only say what would be done");
    return List.of(
        new Group("help", "Explain", List.of(new Verb("help", "Explain the commands", List.of()))),
        new Group(
            "assistant",
            "Assistants",
            List.of(
                new Verb("use", "Use it " + "here ".repeat(40), List.of(id, version)),
                new Verb("list", "List them", List.of()))),
        new Group(
            "keys",
            "Keys",
            List.of(new Verb("emergency", "New keys now", List.of(what, place, dryRun)))));
  }

  @Override
  public List<String> complete(Address address, Person person, Option option, String typed) {
    return Stream.of("helpdesk", "adviser", "quiz").filter(id -> id.startsWith(typed)).toList();
  }
}
