package dev.sotto.crypto;

import java.util.UUID;

/** The keys of the scope were destroyed on purpose: nothing of it can be read or sealed again. */
public final class ErasedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ErasedException(UUID scope) {
    super("erased: scope " + scope);
  }
}
