package dev.sotto.memory;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Remembers turns in a process of its own until it is killed, and says each when it is kept. */
final class Scribe {
  private Scribe() {}

  static Map<String, Object> properties(Path folder) {
    Map<String, Object> properties = new HashMap<>(TestDatabases.h2(folder.resolve("data")));
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    return properties;
  }

  static void main(String[] arguments) {
    Mind mind = new Mind(properties(Path.of(arguments[0])));
    for (int turn = Integer.parseInt(arguments[1]); ; turn++) {
      mind.turn(Mind.HALL, Mind.ADA, turn);
      mind.turn(Mind.key("room " + turn), Mind.TOM, turn);
      System.out.println("kept " + turn);
    }
  }
}
