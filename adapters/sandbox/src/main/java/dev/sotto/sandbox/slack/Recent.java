package dev.sotto.sandbox.slack;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers the newest entries and forgets the oldest beyond a limit. Thread-safe. */
final class Recent<V> {
  private final Map<String, V> entries = new LinkedHashMap<>();
  private final int most;

  Recent(int most) {
    this.most = most;
  }

  synchronized void put(String key, V value) {
    entries.put(key, value);
    if (entries.size() > most) {
      Iterator<V> oldest = entries.values().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  synchronized Optional<V> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized Optional<V> take(String key) {
    return Optional.ofNullable(entries.remove(key));
  }
}
