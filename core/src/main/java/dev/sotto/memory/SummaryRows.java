package dev.sotto.memory;

import dev.sotto.crypto.Fingerprint;
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
      delete from summary where conversation_id in (
        select id from conversation where fingerprint = :fingerprint)\
      """)
  int deleteByFingerprint(Fingerprint fingerprint);

  @Query(
      """
      delete from summary where conversation_id in (
        select conversation_id from message where source = :source)\
      """)
  int deleteFedBySource(Fingerprint source);

  @Query(
      """
      delete from summary where id in (
        select id from summary where expires_at <= :now order by expires_at limit :most)\
      """)
  int deleteExpired(Instant now, int most);
}
