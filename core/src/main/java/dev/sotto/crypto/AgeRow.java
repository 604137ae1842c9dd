package dev.sotto.crypto;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/** How many keys of a kind are in a state, and how old they are. */
@Introspected
record AgeRow(Scope.Kind kind, KeyState state, long keys, Instant oldest, Instant newest) {}
