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

  @Query("select distinct conversation_id from message where scope_id = :scopeId")
  List<UUID> conversationsOf(UUID scopeId);

  @Query("select id, conversation_id from message where scope_id = :scopeId limit :most")
  List<HeldRow> someOf(UUID scopeId, int most);

  @Query("select id, conversation_id from message where conversation_id = :id limit :most")
  List<HeldRow> someIn(UUID id, int most);

  @Query("select count(*) from message where conversation_id = :id")
  long countIn(UUID id);

  @Query("select id from message where conversation_id = :id limit 1")
  List<UUID> anyIn(UUID id);

  @Query("delete from message where id in (:ids)")
  int delete(List<UUID> ids);

  @Query("delete from message where source = :source")
  int deleteBySource(Fingerprint source);
}
