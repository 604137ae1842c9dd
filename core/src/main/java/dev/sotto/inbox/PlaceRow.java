package dev.sotto.inbox;

import dev.sotto.chat.Platform;
import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

@MappedEntity("place")
record PlaceRow(
    @Id UUID id,
    BlindIndex fingerprint,
    Platform platform,
    UUID scopeId,
    int keyId,
    int rowVersion,
    Ciphertext body) {}
