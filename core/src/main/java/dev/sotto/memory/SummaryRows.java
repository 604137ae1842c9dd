package dev.sotto.memory;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SummaryRows extends GenericRepository<SummaryRow, UUID> {

  Optional<SummaryRow> findByConversationId(UUID conversationId);

  void save(SummaryRow row);

  @Query("delete from summary where conversation_id = :conversationId")
  int deleteByConversation(UUID conversationId);

  @Query(
      """
      delete from summary where id in (
        select id from summary where expires_at <= :now order by expires_at limit :most)\
      """)
  int deleteExpired(Instant now, int most);
}
