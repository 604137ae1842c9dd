package dev.sotto.backup;

import dev.sotto.crypto.IndexColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to be known of a backup before it is restored: keeps none of its rows. */
final class Overview implements Content {
  private static final String KEYS = "key_version";

  private final Set<Integer> used = new HashSet<>();
  private final Set<Integer> keys = new HashSet<>();
  private final List<Integer> indexes = new ArrayList<>();
  private String version = "";
  private boolean plain;
  private int id = -1;
  private int wrapped = -1;

  String version() {
    return version;
  }

  /** The keys under which blind indexes stand. */
  Set<Integer> used() {
    return Set.copyOf(used);
  }

  /** The ids of the keys that it holds. */
  Set<Integer> keys() {
    return Set.copyOf(keys);
  }

  /** Whether some blind index stands under no key. */
  boolean plain() {
    return plain;
  }

  @Override
  public void begin(String found) {
    version = found;
  }

  @Override
  public void table(String name, List<String> columns) {
    indexes.clear();
    for (int i = 0; i < columns.size(); i++) {
      if (IndexColumn.isOne(name, columns.get(i))) {
        indexes.add(i);
      }
    }
    id = name.equals(KEYS) ? columns.indexOf("key_id") : -1;
    wrapped = name.equals(KEYS) ? columns.indexOf("wrapped") : -1;
  }

  @Override
  public void row(@Nullable Object[] values) {
    for (int column : indexes) {
      if (values[column] instanceof byte[] index) {
        OptionalInt key = IndexColumn.keyId(index);
        plain |= key.isEmpty();
        key.ifPresent(used::add);
      }
    }
    if (wrapped >= 0 && values[wrapped] != null && values[id] instanceof Number key) {
      keys.add(key.intValue());
    }
  }

  @Override
  public void end() {}
}
