package dev.sotto.tool;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All tools that are installed. Nothing calls one but a {@link Toolbox} opened here. */
@Singleton
public class Tools {
  private final Map<String, Tool> installed;

  Tools(Collection<Tool> installed) {
    this.installed =
        installed.stream()
            .collect(
                Collectors.toMap(Tool::name, Function.identity(), (one, _) -> one, TreeMap::new));
  }

  /** What an assistant may use of the tools it lists: those with a {@link #problem} not. */
  public Toolbox open(List<Listed> listed) {
    return new Toolbox(
        listed.stream()
            .filter(it -> problem(it).isEmpty())
            .map(Listed::name)
            .distinct()
            .collect(Collectors.toMap(Function.identity(), installed::get)));
  }

  /**
   * Why a listed tool is not offered, as a line for operators; empty when it is. Nobody can be
   * asked for approval yet, so what needs it is not offered.
   */
  public Optional<String> problem(Listed listed) {
    Tool tool = installed.get(listed.name());
    if (tool == null) {
      return Optional.of(
          "the tool '%s' is not installed and is not offered; there is %s"
              .formatted(listed.name(), String.join(", ", installed.keySet())));
    }
    boolean free =
        switch (listed.approval()) {
          case AUTO -> tool.harmless();
          case ALWAYS -> false;
          case NEVER -> true;
        };
    return free
        ? Optional.empty()
        : Optional.of(
            "the tool '%s' needs approval, which nobody can give yet, and is not offered"
                .formatted(listed.name()));
  }
}
