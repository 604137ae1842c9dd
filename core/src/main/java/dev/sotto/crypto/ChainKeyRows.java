package dev.sotto.crypto;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dataSource = "keys", dialect = Dialect.POSTGRES)
interface ChainKeyRows extends GenericRepository<ChainKeyRow, Integer> {

  Optional<ChainKeyRow> findBySegment(int segment);

  @Query("select * from audit_key where root_id <> :rootId order by segment")
  List<ChainKeyRow> notUnder(String rootId);

  @Query(
      """
      insert into audit_key (segment, root_id, wrapped, made_at)
      values (:segment, :rootId, :wrapped, :madeAt)
      """)
  int add(ChainKeyRow row);

  @Query("delete from audit_key where segment = :segment")
  int delete(int segment);

  /** Puts the new for the old where the old still stands. */
  @Query(
      """
      update audit_key set root_id = :rootId, wrapped = :after
      where segment = :segment and wrapped = :before
      """)
  int replace(int segment, String rootId, Ciphertext before, Ciphertext after);
}
