package dev.sotto.backup;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Names of key versions. */
final class KeyNames {
  private final Set<Name> names = new HashSet<>();

  private record Name(UUID scope, int key) {}

  void add(UUID scope, int key) {
    names.add(new Name(scope, key));
  }

  void remove(UUID scope, int key) {
    names.remove(new Name(scope, key));
  }

  /** Takes away all of a scope. */
  void forgive(UUID scope) {
    names.removeIf(it -> it.scope().equals(scope));
  }

  long size() {
    return names.size();
  }
}
