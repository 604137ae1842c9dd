package dev.sotto.memory;

import dev.sotto.crypto.Fingerprint;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

@MappedEntity("conversation")
record ConversationRow(
    @Id UUID id, Fingerprint fingerprint, long firstSeq, long nextSeq, long epoch, long triedSeq) {}
