package dev.sotto.crypto;

import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dataSource = "keys", dialect = Dialect.POSTGRES)
interface ScopeRows extends GenericRepository<ScopeRow, UUID> {

  Optional<ScopeRow> findById(UUID id);

  @Query(
      """
      select * from key_scope where parent_id = :parent and kind = :kind and owner in (:owner)
      """)
  List<ScopeRow> find(UUID parent, Scope.Kind kind, @Expandable List<BlindIndex> owner);

  List<ScopeRow> findByIdIn(List<UUID> ids);

  @Query("select count(*) from key_scope where kind = :kind and erased_at is null")
  long countByKind(Scope.Kind kind);

  long countByParentId(UUID parentId);

  @Query(
      """
      insert into key_scope (id, parent_id, kind, owner, created_at)
      values (:id, :parentId, :kind, :owner, :createdAt) on conflict do nothing
      """)
  int add(ScopeRow row);

  @Query(
      """
      select * from key_scope where parent_id = :parent and id > :after order by id limit 200
      """)
  List<ScopeRow> under(UUID parent, UUID after);

  @Query(
      """
      select * from key_scope where erased_at is not null and id > :after order by id limit 200
      """)
  List<ScopeRow> erased(UUID after);

  /** Holds a scope that was not erased until the end of the transaction. */
  @Query("select id from key_scope where id = :id and erased_at is null for update")
  List<UUID> lock(UUID id);
}
