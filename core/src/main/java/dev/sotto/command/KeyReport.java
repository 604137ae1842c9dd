package dev.sotto.command;

import dev.sotto.crypto.EmergencyPlan;
import dev.sotto.crypto.KeyLine;
import dev.sotto.crypto.KeyProgress;
import dev.sotto.crypto.KeyStatus;
import dev.sotto.crypto.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says how the keys are doing, in Markdown that reads well on every platform. */
final class KeyReport {
  static final String UNCHANGED = "\nThis was a dry run: nothing was changed.";
  static final String ASKED =
      "\nThe present keys will be marked as compromised. Confirm within %d minutes."
          .formatted(Confirmations.LIFE.toMinutes());
  static final String NOT_ASKED =
      "That is not allowed: only the administrator who was asked can confirm it.";
  static final String BUSY = "Keys are being replaced already, one command at a time.\n";
  private static final int BAR = 20;
  private static final int DATE = 10;
  private static final int MINUTE = 16;

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
            status.oldestActive().map(KeyReport::date).orElse("none yet"),
            status.rotating()
                ? "A rotation has not finished: %s rows wait for a new key. Say `/sotto keys progress`, or `/sotto keys retire` to finish it."
                    .formatted(number(status.pending()))
                : "No rotation is open.");
  }

  static String of(Optional<KeyProgress> progress) {
    return progress
        .map(it ->
            bar("**Rotation** of " + it.what(), new Doing("", it.done(), it.total()))
                + "\nBegun %s UTC."
                    .formatted(it.since().toString().substring(0, MINUTE).replace('T', ' ')))
        .orElse("No rotation is open.");
  }

  static String of(List<KeyLine> lines) {
    if (lines.isEmpty()) {
      return "There are no keys yet.";
    }
    TextTable table = new TextTable("what", "state", "keys", "rows", "oldest", "newest");
    for (KeyLine line : lines) {
      table.add(
          word(line.kind()),
          word(line.state().name()),
          number(line.count()),
          number(line.rows()),
          date(line.oldest()),
          date(line.newest()));
    }
    return "**Keys by what they are**\n" + table + uses(lines);
  }

  private static String uses(List<KeyLine> lines) {
    return lines.stream()
        .map(it -> "- %s: %s, %s".formatted(word(it.kind()), it.use(), it.algorithm()))
        .distinct()
        .collect(Collectors.joining("\n"));
  }

  static String of(EmergencyPlan plan, String what) {
    TextTable table = new TextTable("table", "rows");
    plan.rows().forEach((name, rows) -> table.add(name, number(rows)));
    String rows =
        plan.rows().isEmpty() ? "No rows are sealed under these keys.\n" : table.toString();
    return "**Emergency: %s**\n%s%s keys would be replaced, in about %s."
        .formatted(what, rows, number(plan.keys()), time(plan.estimated()));
  }

  static String bar(String title, Doing doing) {
    if (doing.total() <= 0) {
      return title + " has begun.";
    }
    int full = doing.percent() * BAR / 100;
    String bar = "█".repeat(full) + "░".repeat(BAR - full);
    String rest =
        doing.done() < doing.total()
            ? ""
            : "\nReplaced keys are kept until nobody can have them in memory, then destroyed.";
    return "%s `%s` %d %%\n%s of %s rows.%s"
        .formatted(title, bar, doing.percent(), number(doing.done()), number(doing.total()), rest);
  }

  static Done done(Work work, Rotation rotation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s rows are under new keys, %s old keys are destroyed."
            .formatted(work.done(), number(rotation.rows()), number(rotation.destroyed())));
    if (rotation.unreadable() > 0) {
      lines.add(
          "%s rows failed their integrity check and were left as they are; the log names them."
              .formatted(number(rotation.unreadable())));
    }
    if (rotation.waiting() > 0) {
      lines.add(
          "%s old keys are still needed. Say `/sotto keys retire` to try again."
              .formatted(number(rotation.waiting())));
    }
    String text = String.join("\n", lines);
    return lines.size() == 1 ? Done.well(text) : Done.badly(text);
  }

  static String backup(String rootKey) {
    return "\nThe root key is a new one, `%s`: back it up now, apart from the data."
        .formatted(rootKey);
  }

  static String gone(Optional<KeyProgress> progress) {
    return "This confirmation was used or has expired: it does nothing any more. Give the command again."
        + progress
            .map(_ -> "\nA rotation has not finished; `/sotto keys retire` finishes it.")
            .orElse("");
  }

  /** Our own exceptions are written for people. */
  static String refused(RuntimeException e) {
    String line = String.valueOf(e.getMessage());
    return line.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(1) + ".";
  }

  private static <E extends Enum<E>> String counts(Map<E, Long> counts) {
    String listed =
        counts.entrySet().stream()
            .filter(it -> it.getValue() > 0)
            .sorted(Map.Entry.comparingByKey())
            .map(it -> number(it.getValue()) + " " + word(it.getKey().name()))
            .collect(Collectors.joining(", "));
    return listed.isEmpty() ? "none yet" : listed;
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String date(Instant at) {
    return at.toString().substring(0, DATE);
  }

  private static String time(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    return seconds < 120 ? seconds + " s" : number(time.toMinutes()) + " min";
  }
}
