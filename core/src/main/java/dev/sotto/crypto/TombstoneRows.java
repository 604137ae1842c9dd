package dev.sotto.crypto;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The names of destroyed keys in the data database; in the transaction of the caller. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TombstoneRows extends GenericRepository<ShadowRow, UUID> {

  @Query("select count(*) from destroyed_key where scope_id = :scope and key_id = :key")
  long count(UUID scope, int key);

  /** 0 where it stands already. */
  @Query(
      """
      insert into destroyed_key (scope_id, key_id, destroyed_at) values (:scope, :key, :now)
      on conflict do nothing
      """)
  int add(UUID scope, int key, Instant now);

  @Query("select resealed from key_version where scope_id = :scope and key_id = :key")
  List<Long> resealed(UUID scope, int key);

  /** Fails while a row names the key: the foreign key is the proof that none does. */
  @Query("delete from key_version where scope_id = :scope and key_id = :key")
  int deleteShadow(UUID scope, int key);
}
