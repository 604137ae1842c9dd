package dev.sotto.assistant;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatPlatform.PlaceName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The assistants of one moment.
 *
 * @param byFile file name to the assistant it gave, in its last good version
 * @param problems of the files as they are now
 */
record Snapshot(Map<String, Assistant> byFile, List<Problem> problems) {
  Snapshot {
    byFile = Map.copyOf(byFile);
    problems = List.copyOf(problems);
  }

  /** In the order of their ids. */
  List<Assistant> all() {
    return byFile.values().stream().sorted(Comparator.comparing(Assistant::id)).toList();
  }

  Optional<Assistant> find(String id) {
    return byFile.values().stream().filter(it -> it.id().equals(id)).findFirst();
  }

  /** The assistant whose binding means that place most exactly; of equals, the first by id. */
  Optional<Assistant> boundTo(Address address, Optional<PlaceName> name) {
    Function<Assistant, Integer> fit =
        it -> it.bindings().stream().mapToInt(one -> one.fit(address, name)).max().orElse(0);
    return all().stream()
        .filter(it -> fit.apply(it) > Binding.NONE)
        .min(Comparator.comparing(fit, Comparator.reverseOrder()));
  }

  /** Who answers where nobody was chosen or bound. */
  Assistant standing(Optional<String> configured) {
    return configured
        .flatMap(this::find)
        .or(() -> find("helpdesk"))
        .orElseGet(() -> all().getFirst());
  }

  /** Ids and versions, for a log. */
  String summary() {
    return all().stream().map(it -> it.id() + " " + it.version()).collect(Collectors.joining(", "));
  }
}
