package dev.sotto.assistant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping of a file, as its {@link Shape.Table} wants it: a key with a fallback has a value, and
 * every value has the type that its shape promises. What did not fit has none.
 *
 * @param keys that stand in the file, also those whose value did not fit
 */
record Section(Place at, Set<String> keys, Map<String, Located> values) {

  /** Where something stands, counted from 1. */
  record Place(int line, int column) {}

  /** A value and where it stands. */
  record Located(Place at, Object value) {}

  /** Whether the file itself has the key. */
  boolean has(String name) {
    return keys.contains(name);
  }

  /** Where the value of a key stands; the whole mapping when it is absent. */
  Place at(String name) {
    return Optional.ofNullable(values.get(name)).map(Located::at).orElse(at);
  }

  <T> T get(String name, Class<T> type) {
    return find(name, type)
        .orElseThrow(() -> new IllegalStateException("the description has no " + name));
  }

  <T> Optional<T> find(String name, Class<T> type) {
    return Optional.ofNullable(values.get(name)).map(Located::value).map(type::cast);
  }

  String text(String name) {
    return find(name, String.class).orElse("");
  }

  <T> List<T> list(String name, Class<T> type) {
    return located(name).stream().map(Located::value).map(type::cast).toList();
  }

  List<Located> located(String name) {
    return find(name, List.class).stream()
        .flatMap(list -> ((List<?>) list).stream())
        .map(Located.class::cast)
        .toList();
  }
}
