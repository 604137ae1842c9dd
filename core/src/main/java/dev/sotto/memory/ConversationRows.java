package dev.sotto.memory;

import dev.sotto.crypto.Fingerprint;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ConversationRows extends GenericRepository<ConversationRow, UUID> {

  Optional<ConversationRow> findByFingerprint(Fingerprint fingerprint);

  @Query("select * from conversation where fingerprint = :fingerprint for update")
  Optional<ConversationRow> lock(Fingerprint fingerprint);

  @Query(
      """
      insert into conversation (id, fingerprint, first_seq, next_seq)
      values (:id, :fingerprint, 0, 0) on conflict do nothing\
      """)
  int create(UUID id, Fingerprint fingerprint);

  @Query("update conversation set first_seq = :firstSeq, next_seq = :nextSeq where id = :id")
  int advance(UUID id, long firstSeq, long nextSeq);

  @Query(
      "update conversation set first_seq = next_seq, epoch = epoch + 1 where fingerprint = :fingerprint")
  int startAfresh(Fingerprint fingerprint);

  @Query("select * from conversation where id = :id for update")
  Optional<ConversationRow> lock(UUID id);

  /** Succeeds for one, and not again before so many more messages. */
  @Query(
      """
      update conversation set tried_seq = :nextSeq
      where id = :id and tried_seq + :pause <= :nextSeq\
      """)
  int tries(UUID id, long nextSeq, long pause);

  @Query("update conversation set epoch = epoch + 1 where id = :id")
  int raiseEpoch(UUID id);

  @Query("select id from conversation where id in (:ids)")
  List<UUID> existing(List<UUID> ids);

  @Query("delete from conversation where id = :id")
  int delete(UUID id);

  @Query(
      """
      update conversation set epoch = epoch + 1
      where id in (select conversation_id from message where source = :source)\
      """)
  int raiseEpochBySource(Fingerprint source);
}
