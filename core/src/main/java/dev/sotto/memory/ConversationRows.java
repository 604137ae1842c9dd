package dev.sotto.memory;

import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ConversationRows extends GenericRepository<ConversationRow, UUID> {

  @Query("select * from conversation where fingerprint in (:forms)")
  Optional<ConversationRow> find(@Expandable List<BlindIndex> forms);

  @Query("select * from conversation where fingerprint in (:forms) for update")
  Optional<ConversationRow> lock(@Expandable List<BlindIndex> forms);

  @Query("select * from conversation where id = :id for update")
  Optional<ConversationRow> lock(UUID id);

  @Query(
      """
      insert into conversation (id, fingerprint, scope_id, key_id, row_version, body)
      values (:id, :fingerprint, :scopeId, :keyId, :rowVersion, :body) on conflict do nothing\
      """)
  int create(
      UUID id, BlindIndex fingerprint, UUID scopeId, int keyId, int rowVersion, Ciphertext body);

  /** Replaces the head, and ends what stood in clear before there were heads. */
  @Query(
      """
      update conversation set scope_id = :scopeId, key_id = :keyId, row_version = :rowVersion,
        body = :body, first_seq = null, next_seq = null
      where id = :id and row_version = :before\
      """)
  int update(UUID id, int before, UUID scopeId, int keyId, int rowVersion, Ciphertext body);

  int deleteById(UUID id);

  /** Succeeds for one, and not again before so many more messages. */
  @Query(
      """
      update conversation set tried_seq = :nextSeq
      where id = :id and tried_seq + :pause <= :nextSeq\
      """)
  int tries(UUID id, long nextSeq, long pause);

  @Query("select * from conversation where id > :after order by id limit 200")
  List<ConversationRow> after(UUID after);

  @Query("select id from conversation where id in (:ids)")
  List<UUID> existing(List<UUID> ids);

  @Query(
      """
      select id, fingerprint, first_seq, next_seq, epoch from conversation
      where id > :after and body is null and first_seq is not null and next_seq is not null
      order by id limit 200\
      """)
  List<UnlinkedRow> unlinked(UUID after);
}
