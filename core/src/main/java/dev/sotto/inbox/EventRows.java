package dev.sotto.inbox;

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
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface EventRows extends GenericRepository<EventRow, UUID> {

  Optional<EventRow> findById(UUID id);

  @Query(
      """
      insert into inbox_event
        (id, place_id, event, message, state, at, scope_id, key_id, row_version, body)
      values (:id, :placeId, :event, :message, 'RECEIVED', :at, :scopeId, :keyId, 1, :body)
      on conflict do nothing\
      """)
  int create(
      UUID id,
      UUID placeId,
      BlindIndex event,
      @Nullable BlindIndex message,
      Instant at,
      UUID scopeId,
      int keyId,
      Ciphertext body);

  @Query(
      "select * from inbox_event where state in ('RECEIVED', 'ANSWERED') order by id limit :most")
  List<EventRow> open(int most);

  @Query(
      """
      update inbox_event
      set state = :state, key_id = :keyId, row_version = :rowVersion + 1, body = :body
      where id = :id and row_version = :rowVersion\
      """)
  int advance(UUID id, EventState state, int keyId, int rowVersion, Ciphertext body);

  @Query(
      """
      update inbox_event set state = :state, scope_id = null, key_id = null, body = null,
        row_version = row_version + 1
      where id = :id\
      """)
  int close(UUID id, EventState state);

  @Query(
      """
      update inbox_event
      set state = 'DONE', scope_id = null, key_id = null, body = null,
        row_version = row_version + 1
      where message in (:message) and state in ('RECEIVED', 'ANSWERED')\
      """)
  int closeOpen(@Expandable List<BlindIndex> message);

  @Query("select count(*) from inbox_event where event in (:event) or message in (:message)")
  long known(@Expandable List<BlindIndex> event, @Expandable List<BlindIndex> message);

  @Query("select max(at) from inbox_event")
  Optional<Instant> newest();

  /** The newest of each place stays: it tells since when the place has not been heard. */
  @Query(
      """
      delete from inbox_event where state in ('DONE', 'GIVEN_UP') and at < :before and exists (
        select 1 from inbox_event newer
        where newer.place_id = inbox_event.place_id and newer.at > inbox_event.at)\
      """)
  int deleteClosedBefore(Instant before);
}
