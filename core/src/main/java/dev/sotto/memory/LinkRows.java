package dev.sotto.memory;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface LinkRows extends GenericRepository<LinkRow, UUID> {

  @Query(
      """
      select id, conversation_id, seq, role, source, said_at, expires_at, scope_id, row_version,
        link
      from message where conversation_id = :conversationId and seq >= :fromSeq
      order by seq limit 500\
      """)
  List<LinkRow> links(UUID conversationId, long fromSeq);

  @Query(
      """
      select id, conversation_id, seq, role, source, said_at, expires_at, scope_id, row_version,
        link
      from message where conversation_id = :conversationId and seq < :seq
      order by seq desc limit 1\
      """)
  List<LinkRow> before(UUID conversationId, long seq);

  @Query("update message set link = :link where id = :id")
  void relink(List<LinkRow> rows);
}
