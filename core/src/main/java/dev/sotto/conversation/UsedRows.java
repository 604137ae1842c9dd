package dev.sotto.conversation;

import dev.sotto.crypto.BlindIndex;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface UsedRows extends GenericRepository<UsedRow, UUID> {

  @Query(
      "select coalesce(sum(amount), 0) from used where fingerprint in (:forms) and since >= :since")
  long sum(@Expandable List<BlindIndex> forms, Instant since);

  @Query(
      "update used set amount = amount + :amount where fingerprint = :fingerprint and since = :since")
  int add(BlindIndex fingerprint, Instant since, long amount);

  @Query(
      """
      insert into used (id, fingerprint, since, amount) values (:id, :fingerprint, :since, 0)
      on conflict do nothing\
      """)
  int create(UUID id, BlindIndex fingerprint, Instant since);

  @Query("delete from used where since < :before")
  int deleteBefore(Instant before);

  long count();
}
