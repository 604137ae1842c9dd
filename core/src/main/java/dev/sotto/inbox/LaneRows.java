package dev.sotto.inbox;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface LaneRows extends GenericRepository<LaneRow, UUID> {

  @Query(
      """
      insert into lane (id, replica_id, fence) values (:id, :replica, :fence)
      on conflict do nothing\
      """)
  int create(UUID id, UUID replica, UUID fence);

  /** Nobody else changes it until the transaction ends. */
  @Query("select * from lane where id = :id for update")
  Optional<LaneRow> hold(UUID id);

  /** Does nothing for one that is taken for dead itself. */
  @Query(
      """
      update lane set replica_id = :replica, fence = :fence where id = :id
        and exists (select 1 from replica r where r.id = :replica and r.until > current_timestamp)
        and not exists (
          select 1 from replica r where r.id = lane.replica_id and r.until > current_timestamp)\
      """)
  int takeOver(UUID id, UUID replica, UUID fence);

  /** Of one that the transaction holds. */
  @Query("update lane set fence = :fence where id = :id")
  void refence(UUID id, UUID fence);

  @Query("delete from lane where id = :id and fence = :fence")
  int release(UUID id, UUID fence);

  @Query(
      """
      select id from lane where not exists (
        select 1 from replica r where r.id = lane.replica_id and r.until > current_timestamp)
      order by id limit :most\
      """)
  List<UUID> orphaned(int most);
}
