package dev.sotto.audit;

import dev.sotto.crypto.BlindIndex;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface EntryRows extends GenericRepository<EntryRow, UUID> {
  int PAGE = 500;

  EntryRow save(EntryRow row);

  Optional<EntryRow> findBySegmentAndSeq(int segment, long seq);

  @Query("select count(*) from audit_entry where once in (:forms)")
  long countOnce(@Expandable List<BlindIndex> forms);

  @Query("select * from audit_entry order by segment desc, seq desc limit :most")
  List<EntryRow> newest(int most);

  /**
   * A page of {@link #PAGE} in the order of the log; two of the same number, which cannot be, both
   * appear.
   */
  @Query(
      """
      select * from audit_entry
      where (segment, seq, id) > (:segment, :seq, :id) and seq is not null
      order by segment, seq, id limit 500\
      """)
  List<EntryRow> after(int segment, long seq, UUID id);

  /** Rows that stand nowhere in the log, which the schema refuses while it is ours. */
  @Query("select count(*) from audit_entry where segment is null or seq is null or id is null")
  long nowhere();
}
