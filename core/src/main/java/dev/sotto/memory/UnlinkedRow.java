package dev.sotto.memory;

import dev.sotto.crypto.Fingerprint;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/** A conversation that is from before heads were sealed. */
@MappedEntity("conversation")
record UnlinkedRow(@Id UUID id, Fingerprint fingerprint, long firstSeq, long nextSeq, long epoch) {}
