package dev.sotto.memory;

import dev.sotto.crypto.BlindIndex;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/** A conversation that is from before heads were sealed. */
@MappedEntity("conversation")
record UnlinkedRow(@Id UUID id, BlindIndex fingerprint, long firstSeq, long nextSeq, long epoch) {}
