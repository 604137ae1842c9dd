package dev.sotto.sandbox.side;

import java.time.Instant;
import java.util.Map;

/**
 * One HTTP call that arrived, whatever became of it.
 *
 * @param route as in {@link Faults#next}
 * @param fields of its query and its form, or the members of its JSON object, those as JSON where
 *     they are no text
 */
public record Call(String route, Map<String, String> fields, Instant at) {
  public Call {
    fields = Map.copyOf(fields);
  }

  /** The value of a field, empty when it was not sent. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }
}
