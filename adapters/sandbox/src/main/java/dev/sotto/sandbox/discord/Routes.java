package dev.sotto.sandbox.discord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The table of routes: a verb and a path whose parts in braces stand for something. */
final class Routes {
  private static final Pattern NAMED = Pattern.compile("\\{\\w+}");

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(String method, List<String> template, String name, RestCall.Route route) {
    boolean fits(String verb, List<String> parts) {
      if (!method.equals(verb) || template.size() != parts.size()) {
        return false;
      }
      for (int i = 0; i < parts.size(); i++) {
        if (!isNamed(template.get(i)) && !template.get(i).equals(parts.get(i))) {
          return false;
        }
      }
      return true;
    }

    Map<String, String> read(List<String> parts) {
      Map<String, String> read = new LinkedHashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        String part = template.get(i);
        if (isNamed(part)) {
          read.put(part.substring(1, part.length() - 1), parts.get(i));
        }
      }
      return read;
    }
  }

  /**
   * A route that fits a request.
   *
   * @param name the route with empty braces, like {@code POST /channels/{}/messages}
   */
  record Found(String name, Map<String, String> path, RestCall.Route route) {}

  private static boolean isNamed(String part) {
    return part.startsWith("{");
  }

  /** Adds a route like {@code GET /channels/{channel}}; those added first win. */
  Routes add(String route, RestCall.Route answers) {
    int space = route.indexOf(' ');
    String template = route.substring(space + 1);
    entries.add(
        new Entry(
            route.substring(0, space),
            parts(template),
            NAMED.matcher(route).replaceAll("{}"),
            answers));
    return this;
  }

  Optional<Found> find(String method, String path) {
    List<String> parts = parts(path);
    return entries.stream()
        .filter(entry -> entry.fits(method, parts))
        .findFirst()
        .map(entry -> new Found(entry.name(), entry.read(parts), entry.route()));
  }

  private static List<String> parts(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
