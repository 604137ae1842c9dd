package dev.sotto.crypto;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dataSource = "keys", dialect = Dialect.POSTGRES)
interface ErasureRows extends GenericRepository<ErasureRow, UUID> {

  Optional<ErasureRow> findByScopeId(UUID scopeId);

  @Query(
      """
      insert into erasure (id, scope_id, kind, subject, begun_at)
      values (:id, :scopeId, :kind, :subject, :begunAt) on conflict do nothing
      """)
  int begin(UUID id, UUID scopeId, Scope.Kind kind, @Nullable UUID subject, Instant begunAt);

  @Query(
      "update erasure set destroyed_at = :now, key_count = :keys where id = :id and destroyed_at is null")
  int destroyed(UUID id, Instant now, long keys);

  @Query("update erasure set row_count = :rows where id = :id and row_count is null")
  int counted(UUID id, long rows);

  @Query(
      "update erasure set finished_at = :now where id = :id and finished_at is null and row_count is not null")
  int finish(UUID id, Instant now);

  @Query("select * from erasure where finished_at is null order by begun_at, id")
  List<ErasureRow> unfinished();

  @Query("select * from erasure where finished_at is not null order by finished_at, id")
  List<ErasureRow> finished();

  /** Of erased conversations, our ids of them, 500 at most in their order. */
  @Query("select subject from erasure where subject > :after order by subject limit 500")
  List<UUID> subjects(UUID after);
}
