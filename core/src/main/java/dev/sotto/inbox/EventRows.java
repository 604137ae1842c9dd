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
        (id, place_id, lane_id, event, message, state, at, scope_id, key_id, row_version, body)
      values
        (:id, :placeId, :placeId, :event, :message, 'RECEIVED', :at, :scopeId, :keyId, 1, :body)
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

  /** Keeps of an event that is not taken in what recognises its repeats. */
  @Query(
      """
      insert into inbox_event (id, place_id, event, message, state, at, row_version)
      values (:id, :placeId, :event, :message, 'GIVEN_UP', :at, 1)
      on conflict do nothing\
      """)
  int refuse(UUID id, UUID placeId, BlindIndex event, @Nullable BlindIndex message, Instant at);

  /** How many events of a person wait, as far as it is counted. */
  @Query(
      """
      select count(*) from (
        select 1 from inbox_event where scope_id = :scopeId limit :most) waiting\
      """)
  long waitingOf(UUID scopeId, int most);

  /** Those that wait stand in a lane; the index begins with it. */
  @Query(
      """
      select p.scope_id as workspace, count(*) as events
      from inbox_event e join place p on p.id = e.place_id
      where e.lane_id >= cast('00000000-0000-0000-0000-000000000000' as uuid)
      group by p.scope_id\
      """)
  List<WaitingRow> waitingByWorkspace();

  /** What waits in a lane, in the order of the platform's clock. */
  @Query("select * from inbox_event where lane_id = :lane order by at, id limit 1")
  Optional<EventRow> first(UUID lane);

  @Query("update inbox_event set claims = claims + 1 where id = :id")
  void claimed(UUID id);

  @Query("update inbox_event set lane_id = :lane where id = :id and lane_id is not null")
  int moveTo(UUID id, UUID lane);

  @Query(
      """
      update inbox_event
      set state = :state, key_id = :keyId, row_version = :rowVersion + 1, body = :body
      where id = :id and row_version = :rowVersion\
      """)
  int advance(UUID id, EventState state, int keyId, int rowVersion, Ciphertext body);

  @Query(
      """
      update inbox_event set state = :state, lane_id = null, scope_id = null, key_id = null,
        body = null, row_version = row_version + 1
      where id = :id and lane_id = :lane\
      """)
  int close(UUID id, UUID lane, EventState state);

  @Query(
      """
      update inbox_event
      set state = 'DONE', lane_id = null, scope_id = null, key_id = null, body = null,
        row_version = row_version + 1
      where message in (:message) and lane_id is not null\
      """)
  int closeOpen(@Expandable List<BlindIndex> message);

  @Query("select count(*) from inbox_event where event in (:event) or message in (:message)")
  long known(@Expandable List<BlindIndex> event, @Expandable List<BlindIndex> message);

  @Query("select count(*) from inbox_event where lane_id is not null")
  long waiting();

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
