package dev.sotto.memory;

import dev.sotto.crypto.Fingerprint;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface MessageRows extends GenericRepository<MessageRow, UUID> {

  void saveAll(Iterable<MessageRow> rows);

  @Query(
      """
      select * from message
      where conversation_id = :conversationId and seq >= :firstSeq
        and said_at > :since and expires_at > :now
      order by seq desc limit :most\
      """)
  List<MessageRow> newest(UUID conversationId, long firstSeq, Instant since, Instant now, int most);

  @Query(
      """
      select * from message
      where conversation_id = :conversationId and seq >= :fromSeq and seq < :toSeq
        and said_at > :since and expires_at > :now
      order by seq desc limit 400\
      """)
  List<MessageRow> between(
      UUID conversationId, long fromSeq, long toSeq, Instant since, Instant now);

  @Query(
      """
      select * from message where scope_id = :scopeId and expires_at > :now
      order by said_at desc, seq desc limit :most\
      """)
  List<MessageRow> newestOf(UUID scopeId, Instant now, int most);

  @Query(
      """
      delete from message where id in (
        select id from message where expires_at <= :now order by expires_at limit :most)\
      """)
  int deleteExpired(Instant now, int most);

  @Query("delete from message where scope_id = :scopeId")
  int deleteOf(UUID scopeId);

  @Query("delete from message where source = :source")
  int deleteBySource(Fingerprint source);
}
