package dev.sotto.memory;

import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body is the sealed head; only before the first start with heads there is none. */
@MappedEntity("conversation")
record ConversationRow(
    @Id UUID id,
    BlindIndex fingerprint,
    @Nullable UUID scopeId,
    @Nullable Integer keyId,
    int rowVersion,
    @Nullable Ciphertext body) {}
