package dev.sotto.memory;

import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface MessageRows extends GenericRepository<MessageRow, UUID> {

  void saveAll(Iterable<MessageRow> rows);

  @Query(
      """
      select * from message where conversation_id = :conversationId and seq >= :firstSeq
      order by seq desc limit :most\
      """)
  List<MessageRow> newest(UUID conversationId, long firstSeq, int most);

  @Query(
      """
      select * from message where scope_id = :scopeId and expires_at > :now
      order by said_at desc, seq desc limit :most\
      """)
  List<MessageRow> newestOf(UUID scopeId, Instant now, int most);

  @Query(
      """
      select * from message where conversation_id = :conversationId and seq >= :fromSeq
      order by seq limit 500\
      """)
  List<MessageRow> page(UUID conversationId, long fromSeq);

  @Query(
      """
      update message set row_version = :rowVersion, key_id = :keyId, body = :body
      where id = :id\
      """)
  void reword(UUID id, int rowVersion, int keyId, Ciphertext body);

  @Query("delete from message where id in (:ids)")
  int deleteAll(List<UUID> ids);

  @Query("select id from message where conversation_id = :id limit :most")
  List<UUID> someIn(UUID id, int most);

  @Query("select count(*) from message where conversation_id = :id")
  long countIn(UUID id);

  @Query("delete from message where conversation_id = :conversationId and seq >= :seq")
  int deleteFrom(UUID conversationId, long seq);

  @Query("select max(seq) from message where conversation_id = :conversationId")
  Optional<Long> lastSeq(UUID conversationId);

  @Query("select distinct conversation_id from message where scope_id = :scopeId")
  List<UUID> conversationsOf(UUID scopeId);

  @Query("select conversation_id from message where scope_id = :scopeId limit 1")
  Optional<UUID> anyConversationOf(UUID scopeId);

  @Query(
      """
      select seq from message where conversation_id = :conversationId and scope_id = :scopeId
      order by seq desc limit :most\
      """)
  List<Long> newestSeqsOf(UUID conversationId, UUID scopeId, int most);

  @Query("select distinct conversation_id from message where source in (:source)")
  List<UUID> conversationsWith(@Expandable List<BlindIndex> source);

  @Query(
      "select seq from message where conversation_id = :conversationId and source in (:source) order by seq")
  List<Long> endsWith(UUID conversationId, @Expandable List<BlindIndex> source);

  @Query(
      """
      select distinct conversation_id from (
        select conversation_id from message where expires_at <= :now
        order by expires_at limit :most) expired\
      """)
  List<UUID> conversationsExpired(Instant now, int most);

  @Query(
      """
      select seq from message where conversation_id = :conversationId and expires_at <= :now
      order by seq limit :most\
      """)
  List<Long> seqsExpired(UUID conversationId, Instant now, int most);
}
