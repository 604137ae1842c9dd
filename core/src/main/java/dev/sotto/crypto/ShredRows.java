package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Destroys key rings, each in one transaction. The scopes are marked first: who is just adding a
 * key to one has committed by then, or is refused.
 */
@Singleton
@Transactional(value = "keys", propagation = REQUIRES_NEW)
class ShredRows {
  private final JdbcOperations jdbc;
  private final ScopeRows scopes;
  private final EpochRows epochs;
  private final ErasureRows erasures;
  private final Clock clock;

  ShredRows(
      @Named("keys") JdbcOperations jdbc,
      ScopeRows scopes,
      EpochRows epochs,
      ErasureRows erasures,
      Clock clock) {
    this.jdbc = jdbc;
    this.scopes = scopes;
    this.epochs = epochs;
    this.erasures = erasures;
    this.clock = clock;
  }

  /** Destroys the keys that an erasure is about, if that was not done, also not with others. */
  void destroy(ErasureRow erasure) {
    Instant now = clock.instant();
    boolean living = !scopes.lock(erasure.scopeId()).isEmpty();
    long keys = living ? ring(erasure.scopeId(), erasure.kind(), now) : 0;
    erasures.destroyed(erasure.id(), now, keys);
  }

  /** Destroys the keys of a scope of which no erasure is kept. */
  void destroy(Scope scope) {
    if (!scopes.lock(scope.id()).isEmpty()) {
      ring(scope.id(), scope.kind(), clock.instant());
    }
  }

  private long ring(UUID scope, Scope.Kind kind, Instant now) {
    long keys = 0;
    if (kind == Scope.Kind.WORKSPACE) {
      keys += those("parent_id", scope, now);
    }
    keys += those("id", scope, now);
    epochs.raise();
    return keys;
  }

  private int those(String column, UUID scope, Instant now) {
    String mark =
        "update key_scope set erased_at = ?, owner = %s where %s = ? and erased_at is null"
            .formatted(ownId(), column);
    String destroy =
        """
        update key_version set previous_state = state, state = 'DESTROYED', active = null,
          wrapped = null, changed_at = ?
        where state <> 'DESTROYED' and scope_id in (select id from key_scope where %s = ?)
        """
            .formatted(column);
    update(mark, scope, now);
    return update(destroy, scope, now);
  }

  private int update(String sql, UUID scope, Instant now) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          statement.setObject(2, scope);
          return statement.executeUpdate();
        });
  }

  /** The bytes of the scope's own id: an owner that nobody has, and unique. */
  private String ownId() {
    return jdbc.prepareStatement("select 1", ShredRows::isH2)
        ? "cast(id as varbinary(16))"
        : "uuid_send(id)";
  }

  private static boolean isH2(PreparedStatement statement) throws SQLException {
    return statement.getConnection().getMetaData().getDatabaseProductName().equals("H2");
  }
}
