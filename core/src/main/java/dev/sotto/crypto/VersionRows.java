package dev.sotto.crypto;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dataSource = "keys", dialect = Dialect.POSTGRES)
interface VersionRows extends GenericRepository<VersionRow, UUID> {

  Optional<VersionRow> findByScopeIdAndKeyId(UUID scopeId, int keyId);

  List<VersionRow> findByScopeIdAndState(UUID scopeId, KeyState state);

  long countByState(KeyState state);

  @Query(
      """
      insert into key_version
        (scope_id, key_id, state, active, wrapped, parent_id, parent_key_id, root_id, created_at, changed_at)
      values (:scopeId, :keyId, :state, :active, :wrapped, :parentId, :parentKeyId, :rootId, :createdAt, :changedAt)
      """)
  int add(VersionRow row);

  @Query(
      """
      update key_version set previous_state = state, state = 'ACTIVE', active = true, changed_at = :now
      where scope_id = :scope and key_id = :key and state = 'PRE_ACTIVE'
      """)
  int activate(UUID scope, int key, Instant now);

  @Query(
      """
      update key_version set previous_state = state, state = 'DECRYPT_ONLY', active = null, changed_at = :now
      where scope_id = :scope and key_id <> :key and state = 'ACTIVE'
      """)
  int retireOthers(UUID scope, int key, Instant now);

  @Query(
      "delete from key_version where scope_id = :scope and key_id = :key and state in ('DECRYPT_ONLY', 'COMPROMISED')")
  int destroy(UUID scope, int key);

  /** Scopes that seal rows and whose active key is older, a page of 200 in the order of ids. */
  @Query(
      """
      select v.scope_id from key_version v join key_scope s on s.id = v.scope_id
      where v.state = 'ACTIVE' and v.created_at < :before and v.scope_id > :after
        and s.kind not in ('WORKSPACE', 'INDEX', 'SIGNING')
      order by v.scope_id limit 200
      """)
  List<UUID> olderThan(Instant before, UUID after);

  /** Scopes with keys that have been replaced, a page of 200 in the order of ids. */
  @Query(
      """
      select distinct v.scope_id from key_version v join key_scope s on s.id = v.scope_id
      where v.state in ('DECRYPT_ONLY', 'COMPROMISED') and v.scope_id > :after
        and s.kind not in ('WORKSPACE', 'INDEX', 'SIGNING')
      order by v.scope_id limit 200
      """)
  List<UUID> replaced(UUID after);

  @Query(
      "select * from key_version where scope_id = :scope and state in ('DECRYPT_ONLY', 'COMPROMISED')")
  List<VersionRow> replacedOf(UUID scope);

  @Query("select max(changed_at) from key_version where state in ('DECRYPT_ONLY', 'COMPROMISED')")
  Optional<Instant> lastReplacement();

  @Query("select min(created_at) from key_version where state = 'ACTIVE'")
  Optional<Instant> oldestActive();
}
