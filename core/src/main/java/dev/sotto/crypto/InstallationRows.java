package dev.sotto.crypto;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

@JdbcRepository(dataSource = "keys", dialect = Dialect.POSTGRES)
interface InstallationRows extends GenericRepository<InstallationRow, Boolean> {

  Optional<InstallationRow> findByOnlyOne(boolean onlyOne);

  @Query(
      """
      insert into installation (only_one, id, root_id, proof, created_at)
      values (:onlyOne, :id, :rootId, :proof, :createdAt) on conflict do nothing
      """)
  int add(InstallationRow row);
}
