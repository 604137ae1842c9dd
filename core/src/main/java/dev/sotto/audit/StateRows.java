package dev.sotto.audit;

import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface StateRows extends GenericRepository<StateRow, UUID> {

  /** Holds the row until the end of the transaction. */
  @Query("select * from audit_state order by id limit 1 for update")
  Optional<StateRow> lock();

  @Query(
      """
      update audit_state set scope_id = :scopeId, key_id = :keyId, row_version = :version, body = :body
      where id = :id
      """)
  int put(UUID id, UUID scopeId, int keyId, int version, Ciphertext body);
}
