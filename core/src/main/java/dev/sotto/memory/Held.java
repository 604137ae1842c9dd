package dev.sotto.memory;

import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.Scope;
import java.util.UUID;

/** A conversation whose head verifies. */
record Held(UUID id, int version, Scope scope, ChainHead head) {

  UUID workspace() {
    return scope.workspace();
  }
}
