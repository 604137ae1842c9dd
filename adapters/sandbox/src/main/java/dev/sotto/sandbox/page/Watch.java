package dev.sotto.sandbox.page;

import java.util.Map;

/**
 * What a window shows.
 *
 * @param people by the name of a platform, through whose eyes it is seen
 * @param disk whether the stored rows are shown
 */
record Watch(Map<String, String> people, boolean disk) {
  static final Watch NOTHING = new Watch(Map.of(), false);

  Watch {
    people = Map.copyOf(people);
  }
}
