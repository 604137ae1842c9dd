package dev.sotto.crypto;

import java.util.Optional;
import java.util.UUID;

/**
 * An erasure whose keys are destroyed, and whose rows may still have to go.
 *
 * @param id of the erasure
 * @param scope that was erased
 * @param conversation our id of the conversation, if it is one that was erased
 * @param rows how many there were, once that was counted
 */
public record Erased(UUID id, Scope scope, Optional<UUID> conversation, Optional<Long> rows) {}
