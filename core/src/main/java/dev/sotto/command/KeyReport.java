package dev.sotto.command;

import dev.sotto.crypto.KeyStatus;
import dev.sotto.crypto.Rotation;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says how the keys are doing, in Markdown. */
final class KeyReport {
  private KeyReport() {}

  static String of(KeyStatus status) {
    return """
    **Keys**
    Root key: `%s`
    Scopes: %s
    Key versions: %s
    Oldest key in use: %s
    %s\
    """
        .formatted(
            status.rootKey(),
            counts(status.scopes()),
            counts(status.versions()),
            status.oldestActive().map(it -> it.toString().substring(0, 10)).orElse("none yet"),
            status.rotating()
                ? "A rotation has not finished: %d rows wait for a new key. Say `keys rotate` again."
                    .formatted(status.pending())
                : "No rotation is open.");
  }

  static String of(Rotation rotation) {
    return "Rotated: %d rows are under new keys, %d old keys are destroyed."
        .formatted(rotation.rows(), rotation.destroyed());
  }

  private static <E extends Enum<E>> String counts(Map<E, Long> counts) {
    String listed =
        counts.entrySet().stream()
            .filter(it -> it.getValue() > 0)
            .sorted(Map.Entry.comparingByKey())
            .map(it ->
                it.getValue() + " " + it.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.joining(", "));
    return listed.isEmpty() ? "none yet" : listed;
  }
}
