package dev.sotto.assistant;

import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

@MappedEntity("binding")
record BindingRow(
    @Id UUID id,
    BlindIndex fingerprint,
    UUID scopeId,
    int keyId,
    int rowVersion,
    Ciphertext body) {}
