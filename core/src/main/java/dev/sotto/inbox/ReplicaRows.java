package dev.sotto.inbox;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.UUID;

/** Times are the database's, which is one clock for all replicas. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ReplicaRows extends GenericRepository<ReplicaRow, UUID> {

  @Query(
      """
      insert into replica (id, until)
      values (:id, current_timestamp + cast(:millis as integer) * interval '0.001' second)\
      """)
  int join(UUID id, int millis);

  /** Does nothing for one that is taken for dead already. */
  @Query(
      """
      update replica set until = current_timestamp + cast(:millis as integer) * interval '0.001' second
      where id = :id and until > current_timestamp\
      """)
  int extend(UUID id, int millis);

  @Query("delete from replica where id = :id")
  int leave(UUID id);

  @Query("delete from replica where until <= current_timestamp")
  int deleteDead();

  @Query("delete from replica")
  int deleteAll();
}
