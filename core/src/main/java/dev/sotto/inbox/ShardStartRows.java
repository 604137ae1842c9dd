package dev.sotto.inbox;

import dev.sotto.chat.Platform;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.UUID;

/** Times are the database's, which is one clock for all replicas. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ShardStartRows extends GenericRepository<ShardStartRow, Integer> {

  @Query(
      """
      insert into shard_start (platform, bucket, replica_id, until)
      values (:platform, :bucket, :replica,
        current_timestamp + cast(:millis as integer) * interval '0.001' second)
      on conflict do nothing\
      """)
  int create(Platform platform, int bucket, UUID replica, int millis);

  /** A turn ends with its time, and with whoever has it. */
  @Query(
      """
      update shard_start set replica_id = :replica,
        until = current_timestamp + cast(:millis as integer) * interval '0.001' second
      where platform = :platform and bucket = :bucket and (until <= current_timestamp or not exists (
        select 1 from replica r
        where r.id = shard_start.replica_id and r.until > current_timestamp))\
      """)
  int take(Platform platform, int bucket, UUID replica, int millis);

  @Query(
      """
      update shard_start
      set until = current_timestamp + cast(:millis as integer) * interval '0.001' second
      where platform = :platform and bucket = :bucket and replica_id = :replica\
      """)
  int end(Platform platform, int bucket, UUID replica, int millis);
}
