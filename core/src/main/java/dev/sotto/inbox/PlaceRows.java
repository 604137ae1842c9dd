package dev.sotto.inbox;

import dev.sotto.chat.Platform;
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
interface PlaceRows extends GenericRepository<PlaceRow, UUID> {

  @Query("select p.* from place p join inbox_event e on e.place_id = p.id where e.id = :event")
  Optional<PlaceRow> findByEvent(UUID event);

  @Query("select id from place where fingerprint in (:forms)")
  Optional<UUID> findId(@Expandable List<BlindIndex> forms);

  @Query(
      """
      insert into place (id, fingerprint, platform, scope_id, key_id, row_version, body)
      values (:id, :fingerprint, :platform, :scopeId, :keyId, :rowVersion, :body)
      on conflict do nothing\
      """)
  int create(
      UUID id,
      BlindIndex fingerprint,
      Platform platform,
      UUID scopeId,
      int keyId,
      int rowVersion,
      Ciphertext body);

  @Query(
      """
      select p.id, p.scope_id, p.row_version, p.body, max(e.at) as seen_at
      from place p join inbox_event e on e.place_id = p.id
      where p.platform = :platform
      group by p.id, p.scope_id, p.row_version, p.body
      order by max(e.at) desc limit :most\
      """)
  List<SeenRow> seen(Platform platform, int most);
}
