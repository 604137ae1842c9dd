package dev.sotto.crypto;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@JdbcRepository(dataSource = "keys", dialect = Dialect.POSTGRES)
interface RotationRows extends GenericRepository<RotationRow, UUID> {

  @Query("select * from key_rotation where finished_at is null order by started_at limit 1")
  List<RotationRow> unfinished();

  @Query("insert into key_rotation (id, started_at) values (:id, :startedAt)")
  int add(RotationRow row);

  @Query("update key_rotation set finished_at = :now where id = :id")
  int finish(UUID id, Instant now);
}
