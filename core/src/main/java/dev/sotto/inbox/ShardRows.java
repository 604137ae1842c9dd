package dev.sotto.inbox;

import dev.sotto.chat.Platform;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ShardRows extends GenericRepository<ShardRow, UUID> {

  @Query(
      """
      insert into shard_seeker (platform, replica_id) values (:platform, :replica)
      on conflict do nothing\
      """)
  int seek(Platform platform, UUID replica);

  @Query(
      """
      delete from shard_seeker where not exists (
        select 1 from replica r where r.id = shard_seeker.replica_id and r.until > current_timestamp)\
      """)
  int deleteDeadSeekers();

  @Query(
      """
      select count(*) from shard_seeker s join replica r on r.id = s.replica_id
      where s.platform = :platform and r.until > current_timestamp\
      """)
  int seekers(Platform platform);

  /** Those whose holder lives. */
  @Query(
      """
      select s.* from shard_lease s join replica r on r.id = s.replica_id
      where s.platform = :platform and r.until > current_timestamp order by s.total, s.shard\
      """)
  List<ShardRow> held(Platform platform);

  @Query(
      """
      insert into shard_lease (platform, total, shard, replica_id, fence)
      values (:platform, :total, :shard, :replicaId, :fence)
      on conflict do nothing\
      """)
  int create(Platform platform, int total, int shard, UUID replicaId, UUID fence);

  /** Does nothing for one that is taken for dead itself. */
  @Query(
      """
      update shard_lease set replica_id = :replicaId, fence = :fence
      where platform = :platform and total = :total and shard = :shard
        and exists (select 1 from replica r where r.id = :replicaId and r.until > current_timestamp)
        and not exists (
          select 1 from replica r
          where r.id = shard_lease.replica_id and r.until > current_timestamp)\
      """)
  int takeOver(Platform platform, int total, int shard, UUID replicaId, UUID fence);

  @Query("delete from shard_lease where fence = :fence")
  int release(UUID fence);

  @Query(
      """
      delete from shard_lease where not exists (
        select 1 from replica r where r.id = shard_lease.replica_id and r.until > current_timestamp)\
      """)
  int deleteDead();
}
