package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.transaction.annotation.Transactional;
import java.util.List;
import java.util.UUID;

/** Each call is a transaction of its own, whatever the caller has open. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Transactional(propagation = REQUIRES_NEW)
interface ShadowRows extends GenericRepository<ShadowRow, UUID> {

  @Query(
      "insert into key_version (scope_id, key_id, state) values (:scopeId, :keyId, :state) on conflict do nothing")
  int add(ShadowRow row);

  @Query(
      """
      update key_version set state = case when key_id = :active then 'ACTIVE' else 'DECRYPT_ONLY' end
      where scope_id = :scope and (key_id = :active or state = 'ACTIVE')
      """)
  int activate(UUID scope, int active);

  @Query("update key_version set state = 'COMPROMISED' where scope_id = :scope and key_id = :key")
  int compromise(UUID scope, int key);

  /** Fails while a row names any key of the scope. */
  @Query("delete from key_version where scope_id = :scope")
  int deleteAll(UUID scope);

  @Query("select * from key_version order by scope_id limit 1")
  List<ShadowRow> any();
}
