package dev.sotto.assistant;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping of a file that fits its {@link Shape.Table}: a required key or one with a fallback is
 * there, and every value has the type that its shape promises.
 */
record Section(Place at, Map<String, Located> values) {

  /** Where something stands, counted from 1. */
  record Place(int line, int column) {}

  /** A value and where it stands. */
  record Located(Place at, Object value) {}

  boolean has(String name) {
    return values.containsKey(name);
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
