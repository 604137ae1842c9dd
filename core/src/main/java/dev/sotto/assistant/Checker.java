package dev.sotto.assistant;

import dev.sotto.assistant.Section.Located;
import dev.sotto.assistant.Section.Place;
import dev.sotto.assistant.Shape.Entries;
import dev.sotto.assistant.Shape.Field;
import dev.sotto.assistant.Shape.Items;
import dev.sotto.assistant.Shape.Scalar;
import dev.sotto.assistant.Shape.Table;
import dev.sotto.assistant.Yaml.RefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Holds nodes against shapes and collects what does not fit, up to a limit. */
final class Checker {
  private static final int MOST_PROBLEMS = 20;

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  Checker(String file) {
    this.file = file;
  }

  /** All that was found so far, in the order of the file. */
  List<Problem> problems() {
    return problems.stream().sorted(Problem.BY_PLACE).limit(MOST_PROBLEMS).toList();
  }

  void refuse(Place at, String message) {
    problems.add(new Problem(file, at.line(), at.column(), message));
  }

  /** The whole document; what did not fit is absent from it. */
  Section document(Node node, Table table) {
    return section("the file", node, table)
        .orElseGet(() -> new Section(place(node), Set.of(), Map.of()));
  }

  private Optional<Located> value(String name, Node node, Shape shape) {
    if (node.getTag().equals(Tag.NULL)) {
      refuse(
          place(node),
          "'" + name + "' has no value; remove the key, or quote a value that starts with #");
      return Optional.empty();
    }
    Optional<?> found =
        switch (shape) {
          case Scalar scalar -> scalar(name, node, scalar);
          case Items items -> items(name, node, items);
          case Entries entries -> entries(name, node, entries);
          case Table table -> section("'" + name + "'", node, table);
        };
    return found.map(it -> new Located(place(node), it));
  }

  private Optional<?> scalar(String name, Node node, Scalar shape) {
    if (!(node instanceof ScalarNode scalar)) {
      refuse(place(node), "'" + name + "' must be " + Scalars.words(shape));
      return Optional.empty();
    }
    Optional<?> read = Scalars.read(scalar, shape);
    if (read.isEmpty()) {
      refuse(place(node), Scalars.mistake(name, scalar, shape));
    }
    return read;
  }

  private Optional<List<Located>> items(String name, Node node, Items shape) {
    if (node instanceof SequenceNode list) {
      return counted(name, node, list.getValue().size(), shape.least(), shape.most())
          ? Optional.of(each(name, list, shape.item()))
          : Optional.empty();
    }
    if (shape.single() && node instanceof ScalarNode) {
      return Optional.of(value(name, node, shape.item()).stream().toList());
    }
    refuse(place(node), "'" + name + "' must be a list, such as [one, two]");
    return Optional.empty();
  }

  private Optional<List<Located>> entries(String name, Node node, Entries shape) {
    if (node instanceof SequenceNode list) {
      return counted(name, node, list.getValue().size(), 0, shape.most())
          ? Optional.of(each(name, list, shape.item()))
          : Optional.empty();
    }
    if (node instanceof MappingNode pairs) {
      return counted(name, node, pairs.getValue().size(), 0, shape.most())
          ? Optional.of(pairs.getValue().stream().map(pair -> entry(pair, shape)).toList())
          : Optional.empty();
    }
    refuse(place(node), "'" + name + "' must be a list of tables or a mapping");
    return Optional.empty();
  }

  private boolean counted(String name, Node node, int size, int least, int most) {
    boolean fits = size >= least && size <= most;
    if (!fits) {
      refuse(
          place(node), "'%s' has %d entries; %d to %d may be".formatted(name, size, least, most));
    }
    return fits;
  }

  private List<Located> each(String name, SequenceNode list, Shape item) {
    return list.getValue().stream().flatMap(node -> value(name, node, item).stream()).toList();
  }

  private Located entry(NodeTuple pair, Entries shape) {
    Map<String, Located> values = new LinkedHashMap<>();
    addIfFits(values, shape.key(), pair.getKeyNode(), shape.item());
    addIfFits(values, shape.value(), pair.getValueNode(), shape.item());
    Place at = place(pair.getKeyNode());
    return new Located(at, new Section(at, Set.of(shape.key(), shape.value()), values));
  }

  private Optional<Section> section(String what, Node node, Table table) {
    if (!(node instanceof MappingNode mapping)) {
      refuse(place(node), what + " must be a mapping of " + String.join(", ", table.names()));
      return Optional.empty();
    }
    Map<String, Located> values = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (NodeTuple pair : mapping.getValue()) {
      String key = pair.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!seen.add(key)) {
        refuse(place(pair.getKeyNode()), "the key '" + Nearest.shown(key) + "' stands here twice");
      } else if (table.field(key).isEmpty()) {
        refuseUnknown(pair.getKeyNode(), key, table);
      } else {
        addIfFits(values, key, pair.getValueNode(), table);
      }
    }
    refuseMissing(place(node), seen, table);
    addAbsent(values, place(node), table, seen);
    return Optional.of(new Section(place(node), seen, values));
  }

  private void refuseUnknown(Node node, String key, Table table) {
    refuse(
        place(node), "unknown key '" + Nearest.shown(key) + "'" + Nearest.hint(key, table.names()));
  }

  private void refuseMissing(Place at, Set<String> seen, Table table) {
    table.fields().stream()
        .filter(field -> field.required() && !seen.contains(field.name()))
        .forEach(field -> refuse(at, "the key '" + field.name() + "' is missing"));
  }

  private void addIfFits(Map<String, Located> values, String key, Node node, Table table) {
    table
        .field(key)
        .flatMap(field -> value(key, node, field.shape()))
        .ifPresent(found -> values.put(key, found));
  }

  private void addAbsent(Map<String, Located> values, Place at, Table table, Set<String> seen) {
    for (Field field : table.fields()) {
      if (field.fallback().isPresent() && !seen.contains(field.name())) {
        values.put(field.name(), new Located(at, fallback(field, field.fallback().get())));
      }
    }
  }

  private static Object fallback(Field field, String yaml) {
    Checker checker = new Checker("default");
    try {
      return checker
          .value(field.name(), Yaml.read(yaml), field.shape())
          .map(Located::value)
          .orElseThrow(() -> new IllegalStateException("the default of " + field.name()));
    } catch (RefusedException wrong) {
      throw new IllegalStateException("the default of " + field.name(), wrong);
    }
  }

  private static Place place(Node node) {
    return Yaml.place(node.getStartMark());
  }
}
