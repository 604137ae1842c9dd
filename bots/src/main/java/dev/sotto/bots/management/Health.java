package dev.sotto.bots.management;

import java.util.List;
import java.util.stream.Collectors;

/** The parts of the program that have to be well, and which of them are not. */
public record Health(List<Probe> parts) {
  private static final int UNAVAILABLE = 503;

  public Health {
    parts = List.copyOf(parts);
  }

  /** 200, or 503 with the names of what is down. */
  public Answer answer() {
    List<String> down = down();
    if (down.isEmpty()) {
      return new Answer(200, Answer.JSON, "{\"status\":\"UP\"}");
    }
    String names = down.stream().map("\"%s\""::formatted).collect(Collectors.joining(","));
    return new Answer(UNAVAILABLE, Answer.JSON, "{\"status\":\"DOWN\",\"down\":[" + names + "]}");
  }

  /** All are asked side by side. */
  private List<String> down() {
    for (Probe part : parts) {
      var _ = part.ask();
    }
    return parts.stream().filter(it -> !it.isWell()).map(Probe::part).toList();
  }
}
