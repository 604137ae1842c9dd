package dev.sotto.bots.leaks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a look came to.
 *
 * @param places where words were said, or what else was looked for
 * @param files how many were looked at
 * @param bytes in them
 * @param planted controls
 * @param seen controls that the look found
 */
public record LeakReport(
    List<String> places, long files, long bytes, int planted, int seen, List<Leak> leaks) {
  private static final JsonMapper JSON = new JsonMapper();

  public LeakReport {
    places = List.copyOf(places);
    leaks = List.copyOf(leaks);
  }

  /**
   * One word in one file.
   *
   * @param place where the word was said; the word itself is not told
   * @param form how it is written there
   */
  public record Leak(String file, String place, String form) {}

  /** Nothing was found, and everything that was planted was. */
  public boolean well() {
    return leaks.isEmpty() && seen == planted && files > 0;
  }

  /** For machines. */
  public String json() {
    ObjectNode document = JSON.createObjectNode();
    document.put("ok", well()).put("files", files).put("bytes", bytes);
    document.putObject("control").put("planted", planted).put("found", seen);
    var said = document.putArray("lookedFor");
    places.forEach(said::add);
    var found = document.putArray("leaks");
    leaks.forEach(it ->
        found.addObject().put("file", it.file()).put("said", it.place()).put("form", it.form()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is no JSON", e);
    }
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "looked for %d words in %,d files, %,d bytes\n".formatted(places.size(), files, bytes));
    text.append("control: %d of %d planted words found\n".formatted(seen, planted));
    leaks.forEach(
        it -> text.append("LEAK  %s  (%s, as %s)\n".formatted(it.file(), it.place(), it.form())));
    return text.append(verdict()).toString();
  }

  private String verdict() {
    if (!leaks.isEmpty()) {
      return "fail: " + leaks.size() + " leaks";
    }
    return well()
        ? "ok: none of them was found"
        : "fail: the look itself does not find what it must";
  }
}
