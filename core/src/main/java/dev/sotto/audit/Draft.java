package dev.sotto.audit;

import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.Fingerprint;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An entry that has no place in the log yet, sealed. */
record Draft(UUID id, Instant at, Note note, Optional<Fingerprint> once, Ciphertext body) {}
