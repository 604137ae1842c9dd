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

  /** Marks what was replaced, and what was begun before a time and never used. */
  @Query(
      """
      update key_version set previous_state = state, state = 'COMPROMISED', changed_at = :now
      where scope_id = :scope and key_id = :key
        and (state = 'DECRYPT_ONLY' or (state = 'PRE_ACTIVE' and created_at < :before))
      """)
  int compromise(UUID scope, int key, Instant before, Instant now);

  /** Leaves the name: a tombstone. */
  @Query(
      """
      update key_version set previous_state = state, state = 'DESTROYED', wrapped = null,
        parent_id = null, parent_key_id = null, root_id = null, changed_at = :now
      where scope_id = :scope and key_id = :key and state in ('DECRYPT_ONLY', 'COMPROMISED')
      """)
  int destroy(UUID scope, int key, Instant now);

  @Query("select rewrapped from key_version where scope_id = :scope and key_id = :key")
  List<Long> rewrapped(UUID scope, int key);

  /** Keys wrapped by this one, as many as asked for. */
  @Query(
      """
      select * from key_version
      where parent_id = :scope and parent_key_id = :key and wrapped is not null limit :limit
      """)
  List<VersionRow> wrappedBy(UUID scope, int key, int limit);

  @Query(
      """
      select count(*) from key_version
      where parent_id = :scope and parent_key_id = :key and wrapped is not null
      """)
  long countWrappedBy(UUID scope, int key);

  /** Puts the new for the old where the old still stands. */
  @Query(
      """
      update key_version set wrapped = :after, parent_key_id = :wrapper
      where scope_id = :scope and key_id = :key and wrapped = :before
      """)
  int rewrap(UUID scope, int key, Ciphertext before, Ciphertext after, int wrapper);

  @Query(
      """
      update key_version set rewrapped = rewrapped + :count
      where scope_id = :scope and key_id = :key
      """)
  int addRewrapped(UUID scope, int key, long count);

  /** Tombstones keep no wrapper alive. */
  @Query(
      """
      update key_version set parent_id = null, parent_key_id = null
      where parent_id = :scope and parent_key_id = :key and state = 'DESTROYED'
      """)
  int releaseTombstones(UUID scope, int key);

  /** Fails while another key is wrapped by this one: the foreign key is the proof. */
  @Query(
      """
      delete from key_version
      where scope_id = :scope and key_id = :key and state in ('DECRYPT_ONLY', 'COMPROMISED')
      """)
  int deleteReplaced(UUID scope, int key);

  /** The tombstone of a key whose row the proof has taken away. */
  @Query(
      """
      insert into key_version (scope_id, key_id, state, previous_state, created_at, changed_at)
      values (:scope, :key, 'DESTROYED', :previous, :createdAt, :now)
      """)
  int addTombstone(UUID scope, int key, KeyState previous, Instant createdAt, Instant now);

  /** Scopes whose active key was put to use earlier, a page of 200 in the order of ids. */
  @Query(
      """
      select v.scope_id from key_version v join key_scope s on s.id = v.scope_id
      where v.state = 'ACTIVE' and v.changed_at < :before and v.scope_id > :after
        and s.erased_at is null and s.kind not in ('INDEX', 'SIGNING', 'PERMUTATION') and (s.kind = 'WORKSPACE') = :wraps
        and (:every = true or v.scope_id = :of or s.parent_id = :of)
      order by v.scope_id limit 200
      """)
  List<UUID> olderThan(Instant before, UUID after, boolean wraps, boolean every, UUID of);

  /** Scopes with keys that have been replaced, a page of 200 in the order of ids. */
  @Query(
      """
      select distinct v.scope_id from key_version v join key_scope s on s.id = v.scope_id
      where v.state in ('DECRYPT_ONLY', 'COMPROMISED') and v.scope_id > :after
        and s.erased_at is null and s.kind not in ('INDEX', 'SIGNING', 'PERMUTATION') and (s.kind = 'WORKSPACE') = :wraps
        and (:every = true or v.scope_id = :of or s.parent_id = :of)
      order by v.scope_id limit 200
      """)
  List<UUID> replaced(UUID after, boolean wraps, boolean every, UUID of);

  /** Scopes that have an active key, a page of 200 in the order of ids. */
  @Query(
      """
      select v.scope_id from key_version v join key_scope s on s.id = v.scope_id
      where v.state = 'ACTIVE' and v.scope_id > :after
        and s.erased_at is null and s.kind not in ('INDEX', 'SIGNING', 'PERMUTATION') and (s.kind = 'WORKSPACE') = :wraps
        and (:every = true or v.scope_id = :of or s.parent_id = :of)
      order by v.scope_id limit 200
      """)
  List<UUID> inUse(UUID after, boolean wraps, boolean every, UUID of);

  /** How many there are of a kind in a state, and of which age. */
  @Query(
      """
      select s.kind, v.state, count(*) as keys, min(v.created_at) as oldest, max(v.created_at) as newest
      from key_version v join key_scope s on s.id = v.scope_id
      group by s.kind, v.state order by s.kind, v.state
      """)
  List<AgeRow> ages();

  @Query(
      "select * from key_version where scope_id = :scope and state in ('DECRYPT_ONLY', 'COMPROMISED')")
  List<VersionRow> replacedOf(UUID scope);

  /** What is not destroyed, in the order of making. */
  @Query(
      "select * from key_version where scope_id = :scope and wrapped is not null order by created_at, key_id")
  List<VersionRow> living(UUID scope);

  @Query("select min(created_at) from key_version where state = 'ACTIVE'")
  Optional<Instant> oldestActive();
}
