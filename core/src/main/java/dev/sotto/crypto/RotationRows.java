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

  /** Those for an emergency first, and then the oldest. */
  @Query(
      "select * from key_rotation where finished_at is null order by urgent desc, started_at, id limit 200")
  List<RotationRow> unfinished();

  @Query(
      """
      select * from key_rotation where finished_at is null
      order by coalesce(seen_at, started_at) desc limit 1
      """)
  List<RotationRow> lastSeen();

  /** Finished ones that tell how fast rows are sealed again here. */
  @Query(
      """
      select * from key_rotation
      where finished_at is not null and busy_millis > 0 and aim not in ('WORKSPACE_KEYS', 'INDEX')
      order by finished_at desc limit 1
      """)
  List<RotationRow> lastMeasured();

  @Query(
      """
      insert into key_rotation (id, started_at, aim, target, urgent)
      values (:id, :startedAt, :aim, :target, :urgent)
      """)
  int add(RotationRow row);

  @Query(
      """
      update key_rotation set done = done + :rows, busy_millis = busy_millis + :millis, seen_at = :now,
        total = case when :total > done + :rows then :total else done + :rows end
      where id = :id
      """)
  int advance(UUID id, long rows, long millis, long total, Instant now);

  @Query("update key_rotation set finished_at = :now where id = :id and finished_at is null")
  int finish(UUID id, Instant now);

  /** What was begun earlier and is done with all the keys replaced. */
  @Query(
      """
      update key_rotation set finished_at = :now
      where finished_at is null and not urgent and started_at < :start and aim in ('ALL', 'WORKSPACE', 'SCOPE')
      """)
  int finishOlder(Instant start, Instant now);
}
