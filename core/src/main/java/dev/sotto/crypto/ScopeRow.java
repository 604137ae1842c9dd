package dev.sotto.crypto;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@MappedEntity("key_scope")
record ScopeRow(
    @Id UUID id,
    UUID parentId,
    Scope.Kind kind,
    BlindIndex owner,
    Instant createdAt,
    @Nullable Instant erasedAt) {

  Scope scope() {
    return new Scope(id, kind, parentId);
  }
}
